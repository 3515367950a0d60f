package io.onedump.slowlog.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a live log a part at a time, each event once. A bookmark says which file was read and how far. When another
 * file is under the log's name, the log was rotated: the rest of the old file is read first, and then what was rotated
 * since.
 */
public final class LogFollower {

    private final Path log;
    private final Path bookmarks;
    private final LogBookmark last;
    private final List<LogInput> parts = new ArrayList<>();
    /** What the next run goes on with. */
    private Path current;
    private boolean gap;

    /**
     * Finds what there is to read.
     *
     * @param bookmarks file that keeps where runs stopped; made when it does not exist
     */
    public LogFollower(Path log, Path bookmarks) throws IOException {
        this.log = log;
        this.current = log;
        this.bookmarks = bookmarks;
        this.last = LogBookmark.read(bookmarks).getOrDefault(key(), LogBookmark.NONE);
        find();
    }

    /** What is to be read, the oldest first. */
    public List<LogInput> parts() {
        return parts;
    }

    /** Whether the log was rotated away and its rest cannot be found. */
    public boolean hasGap() {
        return gap;
    }

    private void find() throws IOException {
        boolean known = !last.equals(LogBookmark.NONE);
        if (!known || Files.exists(log) && continues()) {
            parts.add(LogInput.file(log).from(last.position(), true));
            return;
        }
        RotatedLogs rotated = new RotatedLogs(log, last);
        Path old = rotated.bookmarked();
        gap = old == null && last.position().offset() > 0;
        if (old == null) {
            parts.add(LogInput.file(log).from(LogPosition.START, true));
            return;
        }
        List<Path> files = new ArrayList<>(rotated.after(old));
        // Until the server has opened the new file, which begins with a banner, it goes on in the old one.
        if (Files.exists(log) && Files.size(log) > 0) {
            files.add(log);
        }
        parts.add(LogInput.file(old).from(last.position(), files.isEmpty()));
        files.forEach(file -> parts.add(LogInput.file(file).from(LogPosition.START, file.equals(log))));
        current = files.isEmpty() ? old : files.get(files.size() - 1);
    }

    /** Whether the log is the file of the bookmark: long enough, and beginning as it did. */
    private boolean continues() throws IOException {
        if (!last.file().isEmpty() && !last.file().equals(LogBookmark.identity(log))) {
            return false;
        }
        return Files.size(log) >= last.position().offset() && last.beginsAs(log);
    }

    /** @param end where reading the last part ended */
    public void save(LogPosition end) throws IOException {
        Map<String, LogBookmark> all = LogBookmark.read(bookmarks);
        all.put(key(), LogBookmark.of(current, end));
        LogBookmark.write(all, bookmarks);
    }

    private String key() {
        return log.toAbsolutePath().normalize().toString();
    }
}
