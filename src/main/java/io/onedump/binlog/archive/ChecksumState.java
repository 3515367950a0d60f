package io.onedump.binlog.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.onedump.artifact.AtomicFile;
import io.onedump.artifact.CleanLog;
import io.onedump.binlog.event.BinlogName;
import org.slf4j.Logger;

/**
 * What the files of a folder were like when they were archived, so that later runs need not read them again. Kept in
 * the staging folder, one line a file: {@code sha256 size modified name}. When it is lost, the archive's manifests
 * stand in.
 */
final class ChecksumState {

    private static final Logger LOG = CleanLog.of(ChecksumState.class);
    static final String FILE = "checksums";

    private final Path file;
    private final Map<BinlogName, Entry> entries;
    private int unsaved;

    private ChecksumState(Path file, Map<BinlogName, Entry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /** @param modified as the file system has it */
    record Entry(String sha256, long size, Instant modified) {
    }

    static ChecksumState load(Path staging) throws IOException {
        Path file = staging.resolve(FILE);
        Map<BinlogName, Entry> entries = new TreeMap<>();
        if (Files.exists(file)) {
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()) {
                try {
                    String[] words = line.split(" ", 4);
                    entries.put(BinlogName.parse(words[3]),
                            new Entry(words[0], Long.parseLong(words[1]), Instant.parse(words[2])));
                } catch (IndexOutOfBoundsException | IllegalArgumentException | DateTimeException e) {
                    LOG.warn("{} is damaged, so that some files are read once more: '{}'", file,
                            line);
                }
            }
        }
        return new ChecksumState(file, entries);
    }

    Optional<Entry> of(BinlogName name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** Writes now and then, so that the cost of a run grows no faster than what it archives. */
    void put(BinlogName name, Entry entry) throws IOException {
        entries.put(name, entry);
        unsaved++;
        if (unsaved * 2 >= entries.size()) {
            save();
        }
    }

    /** At the end of a run. What a killed one could not save is read once more by the next. */
    void save() throws IOException {
        if (unsaved == 0) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        entries.forEach((name, entry) -> lines.append(entry.sha256()).append(' ').append(entry.size()).append(' ')
                .append(entry.modified()).append(' ').append(name).append('\n'));
        AtomicFile.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
        unsaved = 0;
    }
}
