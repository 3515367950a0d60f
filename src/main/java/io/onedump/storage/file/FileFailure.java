package io.onedump.storage.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

import io.onedump.storage.StorageException;

/** What a file system's errors mean for the one who has to do something about them. */
final class FileFailure {

    private FileFailure() {
    }

    static StorageException of(FileStorage storage, String action, String path, IOException e) {
        if (e instanceof StorageException known) {
            return known;
        }
        return new StorageException("storage " + storage + ": cannot " + action + " " + path + ": " + reason(e), e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "permission denied at " + denied.getFile() + "; the user '" + System.getProperty("user.name")
                    + "' needs access there";
        }
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist and cannot be made there; choose another folder";
        }
        if (e instanceof FileAlreadyExistsException existing) {
            return existing.getFile() + " is a file where a folder is needed";
        }
        String reason = e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : e.getMessage();
        if (String.valueOf(reason).contains("No space left")) {
            return "no space left on the device; free some or keep fewer artifacts there";
        }
        return reason == null ? e.toString() : reason;
    }
}
