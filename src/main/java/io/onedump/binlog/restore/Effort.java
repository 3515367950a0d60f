package io.onedump.binlog.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.ServerDisk;

/**
 * What a plan takes of disk and time.
 *
 * @param bytes        of the log, uncompressed, in the work folder
 * @param work         that folder
 * @param free         what it has left
 * @param applied      bytes that the target applies
 * @param transactions that it applies
 * @param relayed      whether they come to the target as relay logs
 * @param target       what the target's disk has left, where that can be known
 */
record Effort(
        long bytes, Path work, long free, long applied, long transactions, boolean relayed, OptionalLong target) {

    /** In a second, of a server with a slow disk and of one with a fast one. */
    private static final long SLOW_TRANSACTIONS = 800;
    private static final long FAST_TRANSACTIONS = 12_000;
    private static final long SLOW_BYTES = 4_000_000;
    private static final long FAST_BYTES = 40_000_000;

    static Effort of(RestoreRequest request, RestorePlan plan) throws IOException {
        OptionalLong target;
        try (MySqlSession session = MySqlSession.connect(request.target())) {
            target = ServerDisk.free(session.query(ServerDisk.QUESTION));
        }
        return new Effort(plan.fileBytes(), request.work(), FetchedFiles.free(request.work()), plan.bytes(),
                plan.transactions(), request.engine() == Engine.REPLICA, target);
    }

    /** @throws IOException when the work folder is too small */
    void requireRoom() throws IOException {
        if (free < bytes) {
            throw FetchedFiles.noRoom(work, bytes, free);
        }
    }

    /** For people. */
    List<String> lines() {
        if (transactions == 0) {
            return List.of();
        }
        return List.of("disk     " + bytes + " bytes of the log in " + work + ", where " + free + " are free",
                "target   writes about " + applied + " bytes "
                        + (relayed ? "into relay logs, which go again, and as many" : "")
                        + (relayed ? " " : "")
                        + "into its own binary log, where it has one, beside what the tables need; "
                        + (target.isPresent() ? target.getAsLong() + " are free" : "how many are free no SQL tells"),
                "time     " + time() + " for applying them, by what servers with a fast and with a slow disk do; it"
                        + " was not tried on this one");
    }

    /** From the fastest to the slowest. */
    String time() {
        long shortest = Math.max(transactions / FAST_TRANSACTIONS, applied / FAST_BYTES);
        long longest = Math.max(transactions / SLOW_TRANSACTIONS, applied / SLOW_BYTES) + 1;
        return longest < 60 ? "less than a minute" : words(shortest) + " to " + words(longest);
    }

    private static String words(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (time.toHours() >= 2) {
            return time.plusMinutes(30).toHours() + " hours";
        }
        long minutes = time.plusSeconds(30).toMinutes();
        return minutes == 0 ? "seconds" : minutes == 1 ? "a minute" : minutes + " minutes";
    }
}
