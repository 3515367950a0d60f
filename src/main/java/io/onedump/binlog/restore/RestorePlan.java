package io.onedump.binlog.restore;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.onedump.artifact.CleanText;
import io.onedump.binlog.archive.FileManifest;
import io.onedump.binlog.event.LoggedTransaction;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.Flavour;

/**
 * What a restore will do, every event of it checked.
 *
 * @param files        to apply, in order, without holes
 * @param start        of the first transaction to apply, in the first file
 * @param stop         end of the last transaction to apply, in the last file
 * @param tail         where the last event of that transaction begins
 * @param transactions that are applied
 * @param bytes        of them
 * @param first        commit time of the first
 * @param last         commit time of the last
 * @param servers      ids of the servers that wrote the events
 * @param skipped      transactions that are left out, by file
 * @param gtids        whether the transactions have GTIDs
 */
public record RestorePlan(
        int timeline, List<FileManifest> files, BinlogPosition start, BinlogPosition stop, long tail, long transactions,
        long bytes, Instant first, Instant last, Set<Long> servers, List<Skipped> skipped, boolean gtids) {

    public RestorePlan {
        files = List.copyOf(files);
        servers = Set.copyOf(servers);
        skipped = List.copyOf(skipped);
    }

    /** A transaction to leave out. */
    public record Skipped(String file, LoggedTransaction transaction) {
    }

    /** The version of the server that wrote the newest of the files. */
    public String serverVersion() {
        return files.get(files.size() - 1).version();
    }

    public Flavour flavour() {
        return Flavour.ofVersion(serverVersion());
    }

    /** For people, a line each. */
    public List<String> lines() {
        return Stream.of(
                "from     " + start + "  (" + first + ")",
                "to       " + stop + "  (" + last + ")",
                "files    " + files.size() + ", timeline " + timeline + ", written by " + serverVersion(),
                "apply    " + transactions + " transactions, " + bytes + " bytes",
                "leave    " + skipped.size() + " transactions out").map(CleanText::of).toList();
    }
}
