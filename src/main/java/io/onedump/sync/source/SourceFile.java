package io.onedump.sync.source;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * A file as it was when it was looked at.
 *
 * @param path     relative to the source, with {@code /} between folders; for a single file its name
 * @param file     where it is
 * @param size     bytes
 * @param modified nanoseconds since the epoch
 */
public record SourceFile(String path, Path file, long size, long modified) {

    static SourceFile of(String path, Path file, BasicFileAttributes attributes) {
        return new SourceFile(path, file, attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }

    /** Whether that is what the file still looks like. */
    public boolean looksLike(BasicFileAttributes attributes) {
        return attributes.size() == size && attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) == modified;
    }
}
