package io.onedump.binlog.moment;

import java.io.IOException;

import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.FileManifest;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.LoggedTransaction;
import io.onedump.binlog.event.TransactionReader;
import io.onedump.binlog.restore.StopAt;
import io.onedump.restore.choice.RestoreException;

/**
 * The timelines behind the one that a dump is of. After RESET MASTER files, places and GTIDs come a second time, and
 * what is asked for is the newest.
 *
 * @param timeline that the dump is of
 * @param newest   of the archive
 */
record NewerTimelines(Archive archive, int timeline, int newest) {

    /** @throws RestoreException when the end that is asked for lies in one of them */
    void check(StopAt stop) throws IOException {
        for (int newer = timeline + 1; newer <= newest; newer++) {
            if (has(newer, stop)) {
                throw new RestoreException("it is of timeline " + timeline + ", and " + stop + " is of timeline "
                        + newer
                        + ", which no log leads to: begin with a dump made after it began, or, if the end in timeline "
                        + timeline + " is meant, say so with --timeline " + timeline);
            }
        }
    }

    private boolean has(int newer, StopAt stop) throws IOException {
        if (stop instanceof StopAt.End) {
            return true;
        }
        for (FileManifest file : archive.manifests(newer)) {
            if (stop instanceof StopAt.Position position && position.file().equals(file.file())
                    && position.offset() <= file.size() || stop instanceof StopAt.Gtid && has(newer, file, stop)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(int newer, FileManifest file, StopAt stop) throws IOException {
        try (TransactionReader reader = new TransactionReader(
                new EventReader(file.file().toString(), archive.open(newer, file)), false)) {
            for (LoggedTransaction next = reader.next(); next != null; next = reader.next()) {
                if (stop.before(file.file(), next)) {
                    return true;
                }
            }
            return false;
        }
    }
}
