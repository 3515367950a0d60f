package io.onedump.slowlog.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

import com.github.luben.zstd.ZstdIOException;
import io.onedump.slowlog.parse.LogHealth;

/**
 * A log that could not be read, or not to its end.
 *
 * @param message what failed and what to do
 */
public record LogFailure(String log, String message) {

    private static final Pattern PATTERN = Pattern.compile("[*?\\[{]");

    /** Says what an exception means for the user of a log. */
    public static LogFailure of(String log, IOException e) {
        if (e instanceof NoSuchFileException && PATTERN.matcher(log).find()) {
            return new LogFailure(log, "no such file; a pattern is for the files of a folder: name the folder, and the"
                    + " pattern as glob");
        }
        if (e instanceof NoSuchFileException) {
            return new LogFailure(log, "no such file; SHOW VARIABLES LIKE 'slow_query_log_file' says where the server"
                    + " writes it");
        }
        if (e instanceof AccessDeniedException) {
            return new LogFailure(log, "permission denied; the user that runs this needs to be able to read it");
        }
        if (e instanceof ZstdIOException || e instanceof ZipException) {
            return new LogFailure(log, "is damaged or ends too early to be unpacked to its end (" + e.getMessage()
                    + "); what came before counts");
        }
        if (e instanceof EOFException) {
            return new LogFailure(log, "ends too early to be unpacked to its end; what came before counts");
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return new LogFailure(log, "cannot be read: " + file.getReason());
        }
        return new LogFailure(log, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    /** A file that holds no event at all. */
    public static LogFailure notALog(String log, LogHealth health) {
        return new LogFailure(log, "not a slow query log: none of its " + health.bytes() + " bytes could be read as an"
                + " event; is it another of the server's logs?");
    }
}
