package io.onedump.artifact;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;

/** How an artifact's bytes are compressed on their way to the spool, and decompressed on their way back. */
public enum Compression {

    NONE("", 0, 0, 0),
    /** RFC 1952, levels 1 (fastest) to 9, default 6. */
    GZIP(".gz", 1, 9, 6),
    /** RFC 8878 with a frame checksum, levels -7 (fastest) to 19, default 1. */
    ZSTD(".zst", -7, 19, 1);

    private static final int BUFFER = 256 * 1024;
    private static final int MAGIC = 4;
    private static final int ZSTD_FRAME = 0xfd2fb528;
    private static final int ZSTD_SKIPPABLE_FRAME = 0x184d2a50;

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

    /** Of what has that name, by its ending, in any case: {@code .gz}, {@code .gzip}, {@code .zst}, {@code .zstd}. */
    public static Compression ofName(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        for (Compression compression : values()) {
            if (compression != NONE && (lowerCase.endsWith(compression.extension)
                    || lowerCase.endsWith("." + compression.name().toLowerCase(Locale.ROOT)))) {
                return compression;
            }
        }
        return NONE;
    }

    /**
     * Of what begins with the next bytes of that stream, which stays where it is.
     *
     * @param in supports {@link InputStream#mark}
     */
    public static Compression ofContent(InputStream in) throws IOException {
        in.mark(MAGIC);
        byte[] magic = in.readNBytes(MAGIC);
        in.reset();
        if (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
            return GZIP;
        }
        // RFC 8878: a frame, or a skippable one, with which the output of parallel compressors begins.
        int number = magic.length < MAGIC ? 0 : ByteBuffer.wrap(magic).order(ByteOrder.LITTLE_ENDIAN).getInt();
        return number == ZSTD_FRAME || (number & 0xfffffff0) == ZSTD_SKIPPABLE_FRAME ? ZSTD : NONE;
    }

    /** The file name's ending, with its dot; empty for {@link #NONE}. */
    public String extension() {
        return extension;
    }

    /** The name with this compression's ending, which is added only where it is missing. */
    public String nameFor(String name) {
        return ofName(name) == this || this == NONE ? name : name + extension;
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

    /** @throws IOException where it takes a native library that is not here */
    public void requireLibrary() throws IOException {
        if (this == ZSTD) {
            ZstdLibrary.load();
        }
    }

    /** A stream that compresses into {@code sink}; closing it ends the compressed form and closes the sink. */
    public OutputStream compress(OutputStream sink, Integer level) throws IOException {
        if (this == NONE) {
            return sink;
        }
        if (this == GZIP) {
            return new LeveledGzip(sink, level(level));
        }
        requireLibrary();
        return new ZstdOutputStream(sink, level(level)).setChecksum(true);
    }

    /**
     * The bytes as they were before, of all members or frames that follow one another. Bytes that end too early or are
     * not in that form fail the stream; closing it closes {@code stored}.
     */
    public InputStream decompress(InputStream stored) throws IOException {
        try {
            if (this == NONE) {
                return stored;
            }
            if (this == GZIP) {
                return new GZIPInputStream(new AvailableToItsEnd(stored), BUFFER);
            }
            requireLibrary();
            return new BufferedInputStream(new ZstdInputStream(stored), BUFFER);
        } catch (IOException | RuntimeException e) {
            try (stored) {
                throw e;
            }
        }
    }

    /** The JDK's reader takes a stream that has nothing at hand for one that has ended, and drops further members. */
    private static final class AvailableToItsEnd extends PushbackInputStream {
        AvailableToItsEnd(InputStream in) {
            super(in, 1);
        }

        @Override
        public int available() throws IOException {
            int atHand = super.available();
            if (atHand > 0) {
                return atHand;
            }
            int next = read();
            if (next < 0) {
                return 0;
            }
            unread(next);
            return 1;
        }
    }

    private static final class LeveledGzip extends GZIPOutputStream {
        LeveledGzip(OutputStream sink, int level) throws IOException {
            super(sink, BUFFER);
            def.setLevel(level == 6 ? Deflater.DEFAULT_COMPRESSION : level);
        }
    }
}
