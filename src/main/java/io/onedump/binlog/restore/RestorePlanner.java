package io.onedump.binlog.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.FileManifest;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.LoggedTransaction;
import io.onedump.binlog.event.TransactionReader;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.restore.choice.RestoreException;

/**
 * Finds the files and the exact end for a restore. It reads every event from the start to the end on the way, so a plan
 * is also the proof that the archive is whole in between.
 */
final class RestorePlanner {

    private final Archive archive;
    private final BinlogSource source;

    RestorePlanner(Archive archive, BinlogSource source) {
        this.archive = archive;
        this.source = source;
    }

    /**
     * @param leaveOut GTIDs of transactions that are not to be applied
     * @throws RestoreException when it cannot be done as asked
     */
    RestorePlan plan(int timeline, BinlogPosition start, StopAt stop, Set<String> leaveOut) throws IOException {
        BinlogName first = BinlogName.parse(start.file());
        List<BinlogName> names = archive.files(timeline).stream().filter(name -> name.compareTo(first) >= 0).toList();
        if (names.isEmpty() || !names.get(0).equals(first)) {
            throw new RestoreException("the archive has no " + first + ", where the restore begins; timeline"
                    + " " + timeline
                    + " has " + archive.files(timeline));
        }
        Walk walk = new Walk(timeline, start, stop, leaveOut);
        BinlogName expected = first;
        for (BinlogName name : names) {
            if (!name.equals(expected)) {
                throw gap(expected, stop);
            }
            FileManifest manifest = archive.manifest(timeline, name).orElseThrow();
            if (walk.reaches(manifest)) {
                return walk.plan();
            }
            if (!manifest.closed()) {
                if (!name.equals(names.get(names.size() - 1))) {
                    throw gap(name, stop);
                }
                break;
            }
            expected = manifest.next();
        }
        return walk.planToEnd();
    }

    private static RestoreException gap(BinlogName missing, StopAt stop) {
        return new RestoreException("the archive has a GAP: " + missing + " is missing or not whole, and " + stop
                + " lies behind it; choose an earlier end, or begin with a backup made after the gap");
    }

    /** Goes through the files, transaction by transaction. */
    private final class Walk {

        private final int timeline;
        private final BinlogPosition start;
        private final StopAt stop;
        private final Set<String> leaveOut;
        private final List<FileManifest> files = new ArrayList<>();
        private final List<RestorePlan.Skipped> skipped = new ArrayList<>();
        private final Set<Long> servers = new HashSet<>();
        private FileManifest file;
        private LoggedTransaction begin;
        private LoggedTransaction last;
        private FileManifest lastFile;
        private long transactions;
        private long bytes;
        private boolean gtids;

        Walk(int timeline, BinlogPosition start, StopAt stop, Set<String> leaveOut) {
            this.timeline = timeline;
            this.start = start;
            this.stop = stop;
            this.leaveOut = new HashSet<>(leaveOut);
        }

        boolean reaches(FileManifest manifest) throws IOException {
            file = manifest;
            files.add(manifest);
            checkStart(manifest);
            checkStopExists(manifest);
            String name = manifest.file().toString();
            try (TransactionReader reader =
                    new TransactionReader(new EventReader(name, source.open(manifest)), false)) {
                for (LoggedTransaction next = reader.next(); next != null; next = reader.next()) {
                    if (stop.before(manifest.file(), next)) {
                        checkStop();
                        return true;
                    }
                    add(next);
                }
            }
            return false;
        }

        private void checkStart(FileManifest manifest) throws RestoreException {
            if (files.size() == 1 && start.offset() > manifest.size()) {
                throw new RestoreException("the restore cannot begin at " + start + ": the archive's copy ends at "
                        + manifest.size());
            }
        }

        private void checkStopExists(FileManifest manifest) throws RestoreException {
            if (stop instanceof StopAt.Position position && position.file().equals(manifest.file())
                    && position.offset() > manifest.size()) {
                throw new RestoreException("the restore cannot end at " + position + ": the archive's copy of that"
                        + " file ends at "
                        + manifest.size());
            }
        }

        private void add(LoggedTransaction next) throws RestoreException {
            boolean inFirst = files.size() == 1;
            if (inFirst && next.end() <= start.offset()) {
                return;
            }
            if (inFirst && next.start() < start.offset()) {
                throw new RestoreException("the restore cannot begin at " + start + ": that is inside the"
                        + " transaction from "
                        + next.start() + " to " + next.end());
            }
            if (leaveOut.remove(next.begin().gtid())) {
                skipped.add(new RestorePlan.Skipped(file.file().toString(), next));
                return;
            }
            begin = begin == null ? next : begin;
            last = next;
            lastFile = file;
            transactions++;
            bytes += next.size();
            gtids |= !next.begin().gtid().isEmpty();
            servers.addAll(next.servers());
        }

        private void checkStop() throws RestoreException {
            if (stop instanceof StopAt.Position position && lastFile != null && lastFile.file().equals(position.file())
                    && last.end() > position.offset()) {
                throw new RestoreException("the restore cannot end at " + position + ": that is inside the"
                        + " transaction from "
                        + last.start() + " to " + last.end());
            }
        }

        RestorePlan planToEnd() throws RestoreException {
            if (!stop.reachedAtEnd(file.file(), file.size())) {
                throw new RestoreException("the archive ends at " + file.file() + ":" + file.size() + " (" + file.last()
                        + "), before it comes to " + stop + "; archive more, or restore to the end of the archive");
            }
            checkStop();
            return plan();
        }

        RestorePlan plan() throws RestoreException {
            if (transactions == 0) {
                throw new RestoreException("there is no transaction between " + start + " and " + stop
                        + ": nothing would be restored; correct the start or the end");
            }
            if (!leaveOut.isEmpty()) {
                throw new RestoreException("transactions to leave out were not found between " + start + " and " + stop
                        + ": " + String.join(", ", leaveOut));
            }
            List<FileManifest> used = files.subList(0, files.indexOf(lastFile) + 1);
            return new RestorePlan(timeline, used, start,
                    BinlogPosition.of(lastFile.file().toString(), last.end()), last.tail(), transactions, bytes,
                    begin.begin().time(), last.begin().time(), servers, skipped, gtids);
        }
    }
}
