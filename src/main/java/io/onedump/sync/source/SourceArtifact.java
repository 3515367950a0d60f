package io.onedump.sync.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.artifact.Hasher;
import io.onedump.artifact.ProducerFailedException;

/** A file as an artifact that fails its readers when the file is not as it was when the sync looked at it. */
public final class SourceArtifact implements Artifact {

    private final SourceFile file;
    private final LongConsumer progress;
    private Digest digest;

    /** @param progress told of bytes that a storage has read */
    public SourceArtifact(SourceFile file, LongConsumer progress) {
        this.file = file;
        this.progress = progress;
    }

    @Override
    public String name() {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }

    @Override
    public InputStream open() throws IOException {
        return open(0);
    }

    @Override
    public InputStream open(long offset) throws IOException {
        return new FilterInputStream(read(offset)) {
            @Override
            public int read(byte[] bytes, int start, int length) throws IOException {
                int read = super.read(bytes, start, length);
                progress.accept(Math.max(read, 0));
                return read;
            }
        };
    }

    /** Storages ask for it before they commit, so that nothing is committed of a file that has changed. */
    @Override
    public synchronized Digest digest() throws IOException {
        if (digest == null) {
            digest = Hasher.of(read(0));
        }
        SourceFiles.requireUnchanged(file);
        return digest;
    }

    @Override
    public long awaitBytes(long bytes) {
        return Math.min(bytes, file.size());
    }

    private InputStream read(long offset) throws IOException {
        try {
            FileChannel channel = FileChannel.open(file.file(), StandardOpenOption.READ);
            return Channels.newInputStream(channel.position(offset));
        } catch (IOException e) {
            throw new ProducerFailedException(file.file() + " cannot be read: " + SourceFiles.reason(e), e);
        }
    }
}
