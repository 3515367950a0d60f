package io.onedump.storage.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

import io.onedump.artifact.AtomicFile;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.FileClaim;
import io.onedump.storage.StoredMeanwhileException;
import io.onedump.storage.StoredObject;
import org.slf4j.Logger;

/**
 * Gives a complete file its final name.
 *
 * @param compares whether it replaces nothing but {@code before}
 * @param before   null for nothing
 */
record Publication(FileStorage storage, String path, boolean compares, StoredObject before) {

    private static final Logger LOG = CleanLog.of(Publication.class);

    void of(Path temporary) throws IOException {
        Path target = storage.file(path);
        if (!compares) {
            AtomicFile.rename(temporary, target);
        } else if (before == null) {
            add(temporary, target);
        } else {
            // Whoever is to replace the same file waits here, and then finds another one.
            try (Closeable claim = claim(target)) {
                StoredMeanwhileException.check(storage, path, before);
                AtomicFile.rename(temporary, target);
            }
        }
    }

    private void add(Path temporary, Path target) throws IOException {
        try {
            AtomicFile.add(temporary, target);
        } catch (FileAlreadyExistsException e) {
            if (storage.stat(path).isPresent()) {
                throw new StoredMeanwhileException(storage, path, e);
            }
            // What is no file is replaced, or not, as ever.
            AtomicFile.rename(temporary, target);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("{}: the file system has no hard links: {}", target, e.toString());
            StoredMeanwhileException.check(storage, path, null);
            AtomicFile.rename(temporary, target);
        }
    }

    /** For whoever compares a file and then changes it. */
    static Closeable claim(Path target) {
        try {
            return FileClaim.awaitExisting(target);
        } catch (IOException | OverlappingFileLockException e) {
            // Not ours to write to, or just put there by another thread, which is seen then.
            LOG.debug("{} cannot be locked: {}", target, e.toString());
            return () -> {
            };
        }
    }
}
