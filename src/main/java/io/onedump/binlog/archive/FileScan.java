package io.onedump.binlog.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

import io.onedump.artifact.Hasher;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.CorruptBinlogException;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.EventType;
import io.onedump.binlog.event.FormatDescription;
import io.onedump.binlog.event.RotateEvent;

/**
 * What is in one binlog file, every event checked.
 *
 * @param good    bytes before the first broken event; the size of the file when all is well
 * @param format  the first event, or null when not even that is there
 * @param server  version of the server that wrote it, or null
 * @param first   time of the first event, or null
 * @param last    time of the newest event, or null
 * @param tail    where the newest event begins; 0 when there is none
 * @param next    the file that the last event names, or null when the file does not end in a ROTATE or STOP event
 * @param problem what is broken at {@code good}, or null when all is well
 */
public record FileScan(
        BinlogName file, long good, byte[] format, String server, Instant first, Instant last, long tail,
        BinlogName next, CorruptBinlogException problem) {

    public static FileScan of(BinlogName name, Path file) throws IOException {
        return of(name, Files.newInputStream(file));
    }

    /** Reads a file's bytes to their end or to the first broken event, and closes the stream. */
    public static FileScan of(BinlogName name, InputStream bytes) throws IOException {
        long good = 0;
        byte[] format = null;
        FormatDescription description = null;
        long first = 0;
        long last = 0;
        long tail = 0;
        BinlogName next = null;
        CorruptBinlogException problem = null;
        try (bytes; EventReader events = new EventReader(name.toString(), bytes)) {
            good = EventReader.MAGIC_LENGTH;
            while (events.next()) {
                if (format == null) {
                    format = Arrays.copyOfRange(events.bytes(), events.at(), events.at() + (int) events.length());
                    description = events.format();
                    first = events.time();
                }
                // Events of one transaction may be older than the one before it.
                last = Math.max(last, events.time());
                next = successor(name, events);
                tail = events.offset();
                good = events.end();
            }
        } catch (CorruptBinlogException e) {
            problem = e;
        }
        return new FileScan(name, good, format, description == null ? null : description.serverVersion(),
                format == null ? null : Instant.ofEpochSecond(first),
                format == null ? null : Instant.ofEpochSecond(last),
                tail, next, problem);
    }

    private static BinlogName successor(BinlogName name, EventReader events) {
        return switch (events.type()) {
            case EventType.ROTATE -> RotateEvent.parse(events.bytes(), events.at(), events.kept()).file();
            case EventType.STOP -> name.next();
            default -> null;
        };
    }

    /** The first event's SHA-256, in hex; empty when there is no first event. */
    public String formatDigest() {
        return format == null ? "" : digest(format);
    }

    static String digest(byte[] format) {
        Hasher hasher = new Hasher();
        hasher.update(format, 0, format.length);
        return hasher.digest().sha256();
    }
}
