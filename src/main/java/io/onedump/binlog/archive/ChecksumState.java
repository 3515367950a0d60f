package io.onedump.binlog.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.onedump.binlog.event.BinlogName;

/**
 * What the files of a folder were like when they were archived, so that later runs need not read them again. Kept in
 * the staging folder, one line a file: {@code sha256 size modified name}. When it is lost, the archive's manifests
 * stand in.
 */
final class ChecksumState {

    private static final String NAME = "checksums";

    private final Path file;
    private final Map<BinlogName, Entry> entries;

    private ChecksumState(Path file, Map<BinlogName, Entry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /** @param modified as the file system has it */
    record Entry(String sha256, long size, Instant modified) {
    }

    static ChecksumState load(Path staging) throws IOException {
        Path file = staging.resolve(NAME);
        Map<BinlogName, Entry> entries = new TreeMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ", 4);
                if (words.length < 4) {
                    throw new IOException(file + " is damaged: '" + line + "'; remove it, the files are then read"
                            + " once more");
                }
                entries.put(BinlogName.parse(words[3]),
                        new Entry(words[0], Long.parseLong(words[1]), Instant.parse(words[2])));
            }
        }
        return new ChecksumState(file, entries);
    }

    Optional<Entry> of(BinlogName name) {
        return Optional.ofNullable(entries.get(name));
    }

    void put(BinlogName name, Entry entry) throws IOException {
        entries.put(name, entry);
        List<String> lines = new ArrayList<>();
        entries.forEach(
                (key, value) -> lines.add(value.sha256() + " " + value.size() + " " + value.modified() + " " + key));
        Path temporary = file.resolveSibling(NAME + ".tmp");
        Files.write(temporary, lines);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
