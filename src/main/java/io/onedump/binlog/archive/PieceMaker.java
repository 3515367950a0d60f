package io.onedump.binlog.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.FileArtifact;
import io.onedump.artifact.PrivateFolder;
import org.slf4j.Logger;

/** Cuts a range out of a local file, compresses it to a temporary file, and stores that. */
final class PieceMaker {

    private static final Logger LOG = CleanLog.of(PieceMaker.class);
    private static final int BUFFER = 256 * 1024;

    private final Archive archive;
    private final UploadSettings settings;
    private final Path temporary;

    PieceMaker(Archive archive, UploadSettings settings, Path folder) {
        this.archive = archive;
        this.settings = settings;
        this.temporary = folder.resolve("upload.tmp");
    }

    /** @param object name in the storage, without the timeline's folder */
    Piece store(int timeline, String object, Path file, long start, long end) throws IOException {
        FileArtifact artifact = null;
        try {
            artifact = compressed(object, file, start, end);
        } catch (IOException e) {
            // Most likely the disk is full. What is here must get away all the same, or it stays full.
            LOG.warn("{} cannot be compressed on local disk and is compressed on the way: {}", object, e.toString());
            Files.deleteIfExists(temporary);
        }
        if (artifact == null) {
            CompressedRange range = new CompressedRange(object, file, start, end, settings);
            archive.put(timeline, range);
            return Piece.of(object, start, end, range.digest());
        }
        archive.put(timeline, artifact);
        Piece piece = Piece.of(object, start, end, artifact.digest());
        Files.delete(temporary);
        return piece;
    }

    private FileArtifact compressed(String object, Path file, long start, long end) throws IOException {
        Files.deleteIfExists(temporary);
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel target = FileChannel.open(temporary,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFolder.ownFile());
                OutputStream to =
                        settings.compression().compress(Channels.newOutputStream(target), settings.level())) {
            from.position(start);
            copy(Channels.newInputStream(from), to, end - start);
        }
        return new FileArtifact(object, temporary);
    }

    private void copy(InputStream from, OutputStream to, long count) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, count)];
        long left = count;
        while (left > 0) {
            int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the local file is " + left + " bytes shorter than what was written to it");
            }
            to.write(buffer, 0, read);
            left -= read;
        }
    }
}
