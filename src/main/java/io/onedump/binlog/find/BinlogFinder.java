package io.onedump.binlog.find;

import java.io.IOException;
import java.util.function.Consumer;

import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.FileManifest;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.LoggedTransaction;
import io.onedump.binlog.event.TransactionReader;

/** Looks through an archive for transactions, so that a person finds the one that did the damage. */
public final class BinlogFinder {

    private final Archive archive;

    public BinlogFinder(Archive archive) {
        this.archive = archive;
    }

    /**
     * Answers in the order of the log, as it is read. Files outside of the time are not read.
     *
     * @return how many were found
     */
    public long find(int timeline, Search search, Consumer<FoundTransaction> found) throws IOException {
        long count = 0;
        for (FileManifest file : archive.manifests(timeline)) {
            if (!overlaps(file, search)) {
                continue;
            }
            try (TransactionReader reader = new TransactionReader(
                    new EventReader(file.file().toString(), archive.open(timeline, file)), true)) {
                for (LoggedTransaction next = reader.next(); next != null; next = reader.next()) {
                    if (search.matches(next)) {
                        found.accept(new FoundTransaction(timeline, file.file(), next));
                        count++;
                    }
                }
            }
        }
        return count;
    }

    private static boolean overlaps(FileManifest file, Search search) {
        // Times in manifests are cut to the second.
        return (search.since() == null || !file.last().plusSeconds(1).isBefore(search.since()))
                && (search.until() == null || file.first().isBefore(search.until()));
    }
}
