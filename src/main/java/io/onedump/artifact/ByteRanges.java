package io.onedump.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stored bytes of which any part can be read: a file, an object in a storage. */
public interface ByteRanges {

    /** How many there are. */
    long size() throws IOException;

    /** Those from {@code offset} on, at least {@code length} of them; the caller closes the stream. */
    InputStream open(long offset, long length) throws IOException;

    /** Whether reading it twice costs little. */
    default boolean isNear() {
        return false;
    }

    static ByteRanges of(Path file) {
        return new ByteRanges() {
            @Override
            public boolean isNear() {
                return true;
            }

            @Override
            public long size() throws IOException {
                return Files.size(file);
            }

            @Override
            public InputStream open(long offset, long length) throws IOException {
                SeekableByteChannel channel = Files.newByteChannel(file);
                return Channels.newInputStream(channel.position(offset));
            }
        };
    }
}
