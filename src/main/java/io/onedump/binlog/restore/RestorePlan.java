package io.onedump.binlog.restore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.onedump.artifact.CleanText;
import io.onedump.binlog.archive.FileManifest;
import io.onedump.binlog.event.LoggedTransaction;
import io.onedump.binlog.find.FoundTransaction;
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
 * @param leftOut      the first that is not applied any more, with its statements and tables; null at the end of the
 *                     archive
 * @param notes        what is to be known of the end
 * @param part         of the files that is applied
 * @param demands      of the transactions beyond the usual
 */
public record RestorePlan(
        int timeline, List<FileManifest> files, BinlogPosition start, BinlogPosition stop, long tail, long transactions,
        long bytes, Instant first, Instant last, Set<Long> servers, List<Skipped> skipped, boolean gtids,
        FoundTransaction leftOut, List<String> notes, Part part,
        Demands demands) {

    public RestorePlan {
        notes = List.copyOf(notes);
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

    /** Whether there is nothing to apply: the dump is of the moment that is asked for. */
    public boolean isEmpty() {
        return transactions == 0;
    }

    /** Of all files whole: what they need on local disk. */
    public long fileBytes() {
        return isEmpty() ? 0 : files.stream().mapToLong(FileManifest::size).sum();
    }

    /** For people, a line each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("from     " + start + (isEmpty() ? "" : "  (" + first + ")"));
        lines.add("to       " + stop + (isEmpty() ? "" : "  (" + last + ")"));
        lines.add("files    " + files.size() + ", timeline " + timeline + ", written by " + serverVersion());
        lines.add("apply    " + transactions + " transactions, " + bytes + " bytes");
        if (!skipped.isEmpty()) {
            lines.add("leave    " + skipped.size() + " transactions out");
        }
        lines.add("left out " + (leftOut == null ? "nothing: the archive ends there" : "from " + leftOut + " on"));
        notes.forEach(note -> lines.add("note     " + note));
        return lines.stream().map(CleanText::of).toList();
    }
}
