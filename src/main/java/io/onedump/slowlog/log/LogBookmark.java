package io.onedump.slowlog.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.onedump.artifact.AtomicFile;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Json;
import org.slf4j.Logger;

/**
 * Where the last run stopped in a log that goes on.
 *
 * @param file     identity of the file (device and inode), whatever its name is by now; empty where there is none
 * @param head     fingerprint of the log's first bytes: tells a copy of the file from a new one
 * @param headSize how many bytes those are
 * @param position where the next run begins
 */
record LogBookmark(String file, long head, int headSize, LogPosition position) {

    private static final Logger LOG = CleanLog.of(LogBookmark.class);
    private static final int HEAD = 1024;
    static final LogBookmark NONE = new LogBookmark("", 0, 0, LogPosition.START);

    /** Says that a log was read to a position. */
    static LogBookmark of(Path log, LogPosition position) throws IOException {
        byte[] head = Arrays.copyOf(head(log), (int) Math.min(HEAD, position.offset()));
        return new LogBookmark(identity(log), crc(head), head.length, position);
    }

    /** Whether a log, packed or not, begins as the one of this bookmark did. */
    boolean beginsAs(Path file) throws IOException {
        byte[] begin = head(file);
        return begin.length >= headSize && crc(Arrays.copyOf(begin, headSize)) == head;
    }

    /** The first bytes of a log, unpacked. */
    static byte[] head(Path file) throws IOException {
        try (InputStream in = LogInput.file(file).open(0)) {
            return in.readNBytes(HEAD);
        }
    }

    /** Device and inode; empty where there is none. */
    static String identity(Path file) {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? "" : key.toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    /**
     * The bookmarks of a file, by the logs' paths; none when there is no such file yet. What a crash of the machine has
     * made of one is put aside, because a log that is digested twice is better than one that is digested no more.
     */
    static Map<String, LogBookmark> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try (JsonParser json = Json.parser(file)) {
            return read(json, file);
        } catch (JsonParseException e) {
            if (!isCut(file)) {
                throw notOurs(file);
            }
            Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("bookmark {} is damaged and now called {}: its logs are digested from their beginning once more",
                    file, aside.getFileName());
            return new TreeMap<>();
        }
    }

    private static Map<String, LogBookmark> read(JsonParser json, Path file) throws IOException {
        Map<String, LogBookmark> bookmarks = new TreeMap<>();
        JsonToken first = json.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw first == null ? new JsonParseException(json, "nothing but space") : notOurs(file);
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String log = json.currentName();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw json.currentToken() == null ? new JsonParseException(json, "an early end") : notOurs(file);
            }
            bookmarks.put(log, read(json));
        }
        return bookmarks;
    }

    /** Whether it begins as a file of bookmarks, or is one whose bytes never reached the disk. */
    private static boolean isCut(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String begin = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
            return begin.replace("\0", "").isBlank() || begin.stripLeading().startsWith("{");
        }
    }

    private static IOException notOurs(Path file) {
        return new IOException(file + " does not hold bookmarks of slow logs; name another file or remove it");
    }

    private static LogBookmark read(JsonParser json) throws IOException {
        String file = "";
        long head = 0;
        int headSize = 0;
        long offset = 0;
        byte[] db = null;
        long micros = Long.MIN_VALUE;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "file" -> file = json.getText();
                case "head" -> head = json.getLongValue();
                case "head_bytes" -> headSize = json.getIntValue();
                case "offset" -> offset = json.getLongValue();
                case "database" -> db = json.getText().getBytes(StandardCharsets.UTF_8);
                case "time_micros" -> micros = json.getLongValue();
                default -> json.skipChildren();
            }
        }
        return new LogBookmark(file, head, headSize, new LogPosition(offset, db, micros));
    }

    /** Replaces the file as a whole, so that an interrupted run leaves the old bookmarks. */
    static void write(Map<String, LogBookmark> bookmarks, Path file) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        AtomicFile.write(file, Json.indented(json -> {
            for (Map.Entry<String, LogBookmark> entry : bookmarks.entrySet()) {
                json.writeObjectFieldStart(entry.getKey());
                entry.getValue().write(json);
                json.writeEndObject();
            }
        }).getBytes(StandardCharsets.UTF_8));
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStringField("file", file);
        json.writeNumberField("head", head);
        json.writeNumberField("head_bytes", headSize);
        json.writeNumberField("offset", position.offset());
        if (position.db() != null) {
            json.writeStringField("database", new String(position.db(), StandardCharsets.UTF_8));
        }
        if (position.micros() != Long.MIN_VALUE) {
            json.writeNumberField("time_micros", position.micros());
        }
    }
}
