package io.onedump.storage.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.onedump.artifact.FileClaim;
import io.onedump.storage.TemporaryName;

/**
 * Removes what killed processes have left in the folders that are put into, each folder once: to look through a large
 * one before every put would cost more than the puts. What anybody is still writing is claimed and stays.
 */
final class FolderSweep {

    private final Set<Path> swept = ConcurrentHashMap.newKeySet();

    /** Called before each put, with the folder it goes to. */
    void before(Path folder) throws IOException {
        if (!swept.add(folder)) {
            return;
        }
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(folder, file -> TemporaryName.matches(file.getFileName().toString()))) {
            left.forEach(FileClaim::deleteIfAbandoned);
        } catch (IOException | RuntimeException e) {
            swept.remove(folder);
            throw e;
        }
    }
}
