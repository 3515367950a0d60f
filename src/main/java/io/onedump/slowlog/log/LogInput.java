package io.onedump.slowlog.log;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import io.onedump.artifact.Compression;

/**
 * A log to read: a file or any stream. Gzip and zstd are known by their first bytes, not by the name, and unpacked.
 */
public final class LogInput {

    /** Opens the log's bytes as they are stored. */
    public interface Opener {
        public InputStream open() throws IOException;
    }

    private static final int BUFFER = 256 * 1024;

    private final String name;
    private final Path path;
    private final Opener opener;
    private final LogPosition start;
    private final boolean growing;

    private LogInput(String name, Path path, Opener opener, LogPosition start, boolean growing) {
        this.name = name;
        this.path = path;
        this.opener = opener;
        this.start = start;
        this.growing = growing;
    }

    public static LogInput file(Path path) {
        return new LogInput(path.toString(), path, () -> Files.newInputStream(path), LogPosition.START, false);
    }

    /** @param name what messages and reports call it */
    public static LogInput stream(String name, Opener opener) {
        return new LogInput(name, null, opener, LogPosition.START, false);
    }

    /**
     * The same log from a position on.
     *
     * @param willGrow whether an event at the end that is not whole yet is left for the next time
     */
    LogInput from(LogPosition position, boolean willGrow) {
        return new LogInput(name, path, opener, position, willGrow);
    }

    public String name() {
        return name;
    }

    public LogPosition start() {
        return start;
    }

    public boolean isGrowing() {
        return growing;
    }

    /** A new stream of the log, unpacked, from {@code offset} on. */
    public InputStream open(long offset) throws IOException {
        InputStream in = new BufferedInputStream(opener.open(), BUFFER);
        try {
            in = Compression.ofContent(in).decompress(in);
            in.skipNBytes(offset);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Bytes from the start position on when several readers can share the log as a file, else 0. */
    public long sharedSize() throws IOException {
        if (path == null || !Files.isRegularFile(path)) {
            return 0;
        }
        try (InputStream in = new BufferedInputStream(opener.open(), 16)) {
            return Compression.ofContent(in) == Compression.NONE ? Files.size(path) - start.offset() : 0;
        }
    }
}
