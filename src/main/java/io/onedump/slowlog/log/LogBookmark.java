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

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Where the last run stopped in a log that goes on.
 *
 * @param file     identity of the file (device and inode), whatever its name is by now; empty where there is none
 * @param head     fingerprint of the log's first bytes: tells a copy of the file from a new one
 * @param headSize how many bytes those are
 * @param position where the next run begins
 */
record LogBookmark(String file, long head, int headSize, LogPosition position) {

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

    /** The bookmarks of a file, by the logs' paths; none when there is no such file yet. */
    static Map<String, LogBookmark> read(Path file) throws IOException {
        Map<String, LogBookmark> bookmarks = new TreeMap<>();
        if (!Files.exists(file)) {
            return bookmarks;
        }
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException(file + " does not hold bookmarks of slow logs; name another file or remove it");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String log = json.currentName();
                json.nextToken();
                bookmarks.put(log, read(json));
            }
        }
        return bookmarks;
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
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(fresh))) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            for (Map.Entry<String, LogBookmark> entry : bookmarks.entrySet()) {
                json.writeObjectFieldStart(entry.getKey());
                entry.getValue().write(json);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
