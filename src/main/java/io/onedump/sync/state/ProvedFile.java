package io.onedump.sync.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.onedump.sync.source.SourceFile;

/**
 * That a destination was proved to hold the content which a source file had.
 *
 * @param path           of the file in the destination
 * @param source         the absolute path of the source file
 * @param size           bytes
 * @param modified       of the source file, nanoseconds since the epoch
 * @param sha256         of the content, lower-case hex
 * @param remoteModified when the destination says that its copy was written, in milliseconds; null while that is
 *                       unknown, because the run broke off before it looked
 */
public record ProvedFile(String path, String source, long size, long modified, String sha256, Instant remoteModified) {

    public ProvedFile {
        remoteModified = remoteModified == null ? null : remoteModified.truncatedTo(ChronoUnit.MILLIS);
    }

    public static ProvedFile of(SourceFile file, String sha256, Instant remoteModified) {
        return new ProvedFile(file.path(), file.file().toString(), file.size(), file.modified(), sha256,
                remoteModified);
    }

    /** The same, with the time of the destination's copy. */
    public ProvedFile at(Instant modifiedThere) {
        return new ProvedFile(path, source, size, modified, sha256, modifiedThere);
    }

    /**
     * Whether the destination's copy has not been touched since. What tells of one file by HTTP's dates, as S3 does,
     * tells whole seconds, though the same server's lists may have their parts.
     */
    public boolean isAt(Instant modifiedThere) {
        return remoteModified != null && remoteModified.equals(modifiedThere.truncatedTo(remoteModified.getNano() == 0
                ? ChronoUnit.SECONDS
                : ChronoUnit.MILLIS));
    }

    /** Whether that source file has not been touched since. */
    public boolean isAbout(SourceFile file) {
        return source.equals(file.file().toString()) && size == file.size() && modified == file.modified();
    }
}
