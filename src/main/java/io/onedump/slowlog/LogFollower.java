package io.onedump.slowlog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Reads a live log a part at a time, each event once. A bookmark says which file was read and how far. When another file
 * is under the log's name, the log was rotated: the rest of the old file is read first, found by its inode or, after
 * compression, by its first bytes.
 */
final class LogFollower {

    private static final int HEAD = 1024;

    private final Path log;
    private final Path bookmarks;
    private final LogBookmark last;
    private final List<LogInput> parts = new ArrayList<>();
    private boolean gap;

    /**
     * Finds what there is to read.
     *
     * @param bookmarks file that keeps where runs stopped; made when it does not exist
     */
    LogFollower(Path log, Path bookmarks) throws IOException {
        this.log = log;
        this.bookmarks = bookmarks;
        this.last = LogBookmark.read(bookmarks).getOrDefault(key(), LogBookmark.NONE);
        find();
    }

    /** What is to be read, the oldest first. */
    List<LogInput> parts() {
        return parts;
    }

    /** Whether the log was rotated away and its rest cannot be found. */
    boolean hasGap() {
        return gap;
    }

    private void find() throws IOException {
        boolean same = Files.exists(log) && continues(log);
        if (same || last.position().offset() == 0) {
            parts.add(LogInput.file(log).from(last.position(), true));
            return;
        }
        Path rotated = rotated();
        gap = rotated == null;
        if (rotated != null) {
            parts.add(LogInput.file(rotated).from(last.position(), false));
        }
        parts.add(LogInput.file(log).from(LogPosition.START, true));
    }

    /** Whether a file is the one of the bookmark: long enough, and beginning as it did. */
    private boolean continues(Path file) throws IOException {
        if (!last.file().isEmpty() && !last.file().equals(identity(file))) {
            return false;
        }
        return Files.size(file) >= last.position().offset() && beginsAsBefore(LogInput.file(file));
    }

    private boolean beginsAsBefore(LogInput file) throws IOException {
        try (InputStream in = file.open(0)) {
            byte[] head = in.readNBytes(last.headSize());
            return head.length == last.headSize() && crc(head) == last.head();
        }
    }

    /** The file that was under the log's name before: in the same folder, its name beginning with the log's. */
    private Path rotated() throws IOException {
        Path folder = log.toAbsolutePath().getParent();
        String name = stem(log.getFileName().toString());
        List<Path> candidates;
        try (Stream<Path> files = Files.list(folder)) {
            candidates = files.filter(f -> f.getFileName().toString().startsWith(name) && Files.isRegularFile(f))
                    .filter(f -> !f.getFileName().equals(log.getFileName()))
                    .sorted(Comparator.comparing(f -> !identity(f).equals(last.file()))).toList();
        }
        for (Path candidate : candidates) {
            if (last.headSize() > 0 && beginsAsBefore(LogInput.file(candidate))) {
                return candidate;
            }
        }
        return null;
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** @param end where reading the last part ended */
    void save(LogPosition end) throws IOException {
        Map<String, LogBookmark> all = LogBookmark.read(bookmarks);
        byte[] head;
        try (InputStream in = LogInput.file(log).open(0)) {
            head = in.readNBytes((int) Math.min(HEAD, end.offset()));
        }
        all.put(key(), new LogBookmark(identity(log), crc(head), head.length, end));
        LogBookmark.write(all, bookmarks);
    }

    private String key() {
        return log.toAbsolutePath().normalize().toString();
    }

    private static String identity(Path file) {
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
}
