package io.onedump.artifact;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import com.github.luben.zstd.ZstdOutputStream;

/** How an artifact's bytes are compressed on their way to the spool. */
public enum Compression {

    NONE("", 0, 0, 0),
    /** RFC 1952, levels 1 (fastest) to 9, default 6. */
    GZIP(".gz", 1, 9, 6),
    /** RFC 8878 with a frame checksum, levels -7 (fastest) to 19, default 1. */
    ZSTD(".zst", -7, 19, 1);

    private static final int BUFFER = 256 * 1024;

    private final String extension;
    private final int minLevel;
    private final int maxLevel;
    private final int defaultLevel;

    Compression(String extension, int minLevel, int maxLevel, int defaultLevel) {
        this.extension = extension;
        this.minLevel = minLevel;
        this.maxLevel = maxLevel;
        this.defaultLevel = defaultLevel;
    }

    /** @throws IllegalArgumentException naming the values that are known */
    public static Compression parse(String text) {
        try {
            return valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("unknown compression '" + text + "': use one of "
                    + Arrays.toString(values()).toLowerCase(Locale.ROOT));
        }
    }

    /** Of what has that name, by its ending. */
    public static Compression ofName(String name) {
        for (Compression compression : values()) {
            if (compression != NONE && name.endsWith(compression.extension)) {
                return compression;
            }
        }
        return NONE;
    }

    /** The file name's ending, with its dot; empty for {@link #NONE}. */
    public String extension() {
        return extension;
    }

    /** The name with this compression's ending, which is added only where it is missing. */
    public String nameFor(String name) {
        return name.endsWith(extension) ? name : name + extension;
    }

    /**
     * @param level null for the default
     * @throws IllegalArgumentException for a level that this compression does not have
     */
    public int level(Integer level) {
        if (level == null || this == NONE) {
            return defaultLevel;
        }
        if (level < minLevel || level > maxLevel) {
            throw new IllegalArgumentException("compression level " + level + " is not between " + minLevel + " and "
                    + maxLevel + ", the levels of " + name().toLowerCase(Locale.ROOT));
        }
        return level;
    }

    /** A stream that compresses into {@code sink}; closing it ends the compressed form and closes the sink. */
    public OutputStream compress(OutputStream sink, Integer level) throws IOException {
        return switch (this) {
            case NONE -> sink;
            case GZIP -> new LeveledGzip(sink, level(level));
            case ZSTD -> new ZstdOutputStream(sink, level(level)).setChecksum(true);
        };
    }

    private static final class LeveledGzip extends GZIPOutputStream {
        LeveledGzip(OutputStream sink, int level) throws IOException {
            super(sink, BUFFER);
            def.setLevel(level == 6 ? Deflater.DEFAULT_COMPRESSION : level);
        }
    }
}
