package io.onedump.sync.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;

import io.onedump.artifact.ProducerFailedException;

/** Looks at single files again. */
public final class SourceFiles {

    private SourceFiles() {
    }

    /** The file as it is now. */
    public static SourceFile refreshed(SourceFile file) throws IOException {
        return SourceFile.of(file.path(), file.file(), Files.readAttributes(file.file(), BasicFileAttributes.class));
    }

    /** @throws SourceChangedException when the file is no longer as it was */
    public static void requireUnchanged(SourceFile file) throws IOException {
        BasicFileAttributes now;
        try {
            now = Files.readAttributes(file.file(), BasicFileAttributes.class);
        } catch (IOException e) {
            throw new ProducerFailedException(file.file() + " cannot be read: " + reason(e), e);
        }
        if (!file.looksLike(now)) {
            throw new SourceChangedException(file);
        }
    }

    /** Why a file cannot be read, for people. */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "it is gone";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
