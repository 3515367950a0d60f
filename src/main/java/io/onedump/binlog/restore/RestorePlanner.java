package io.onedump.binlog.restore;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import io.onedump.binlog.find.FoundTransaction;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.restore.choice.RestoreException;

/**
 * Finds the files and the exact end for a restore. It reads every event from the start to the end on the way, so a plan
 * is also the proof that the archive is whole in between.
 */
final class RestorePlanner {

    private final Archive archive;
    private final BinlogSource source;
    private final Set<String> open;

    /** @param open distributed transactions that are prepared on the target */
    RestorePlanner(Archive archive, BinlogSource source, Set<String> open) {
        this.archive = archive;
        this.source = source;
        this.open = open;
    }

    /**
     * @param start    with the GTIDs of the dump, where they are known: then they must be those of the archive
     * @param leaveOut GTIDs of transactions that are not to be applied
     * @param orNone   whether it is all right that there is no transaction to apply
     * @throws RestoreException when it cannot be done as asked; {@link AfterTheEndException} when the start is behind
     *                          the end, {@link OtherHistoryException} when the start is of another log
     */
    RestorePlan plan(int timeline, BinlogPosition start, StopAt stop, Set<String> leaveOut, boolean orNone, Part part)
            throws IOException {
        BinlogName first = BinlogName.parse(start.file());
        List<BinlogName> names = archive.files(timeline).stream().filter(name -> name.compareTo(first) >= 0).toList();
        if (names.isEmpty() || !names.get(0).equals(first)) {
            throw new RestoreException("the archive has no " + first + ", where the restore begins; timeline"
                    + " " + timeline
                    + " has " + archive.files(timeline));
        }
        checkBefore(timeline, first, stop);
        Walk walk = new Walk(timeline, start, stop, leaveOut, orNone, part);
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

    /** What the start has of earlier files must be before the end too. */
    private void checkBefore(int timeline, BinlogName first, StopAt stop) throws IOException {
        if (stop instanceof StopAt.Position position) {
            if (!position.file().base().equals(first.base())) {
                throw new RestoreException("the restore cannot end at " + position + ": the files of this log are"
                        + " called such as " + first);
            }
            if (position.file().compareTo(first) < 0) {
                throw new AfterTheEndException(first.toString(), stop);
            }
        }
        if (stop instanceof StopAt.Time time) {
            // Logged times are whole seconds, and what is of the moment's own is behind the end.
            Instant limit = time.moment().truncatedTo(ChronoUnit.SECONDS);
            for (FileManifest file : archive.manifests(timeline)) {
                int order = file.file().compareTo(first);
                if (order < 0 && file.closed() && !file.last().isBefore(limit)) {
                    throw new AfterTheEndException(file.file() + ", whose last event is of " + file.last(), stop);
                }
                if (order == 0 && file.first().isAfter(time.moment())) {
                    throw new AfterTheEndException(first + ", which was begun at " + file.first(), stop);
                }
            }
        }
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
        private FoundTransaction leftOut;
        private final SetTimes times;
        private final boolean orNone;
        private final Part part;
        private final GtidPlace place;
        private final Distributed distributed;
        private boolean loads;

        Walk(int timeline, BinlogPosition start, StopAt stop, Set<String> leaveOut, boolean orNone, Part part) {
            this.part = part;
            this.distributed = new Distributed(open, orNone, part);
            this.orNone = orNone;
            this.place = GtidPlace.of(start.gtids());
            this.timeline = timeline;
            this.start = start;
            this.stop = stop;
            this.times = new SetTimes(stop);
            this.leaveOut = new HashSet<>(leaveOut);
        }

        boolean reaches(FileManifest manifest) throws IOException {
            file = manifest;
            files.add(manifest);
            checkStart(manifest);
            checkStopExists(manifest);
            String name = manifest.file().toString();
            try (Lookahead reader = new Lookahead(
                    new TransactionReader(new EventReader(name, source.open(manifest)), !part.isAll()))) {
                for (LoggedTransaction next = reader.next(); next != null; next = reader.next()) {
                    boolean late = stop.before(manifest.file(), next);
                    boolean after = late && !times.isSet(manifest, next, reader);
                    if (!late) {
                        times.was(next);
                    }
                    if (isHad(next)) {
                        if (after) {
                            throw new AfterTheEndException(start + ", and the transaction before it at "
                                    + manifest.file() + ":" + next.start() + " is of " + next.begin().time(), stop);
                        }
                        checkHad(next);
                        place.had(start, next);
                        continue;
                    }
                    place.follows(start, next);
                    if (after) {
                        checkStop();
                        leftOut = withDetails(manifest, next);
                        return true;
                    }
                    add(next);
                }
            }
            return false;
        }

        private void checkHad(LoggedTransaction next) throws RestoreException {
            if (stop instanceof StopAt.Position position && position.file().equals(file.file())
                    && next.end() > position.offset()) {
                throw new AfterTheEndException(start + ", and the transaction before it ends at " + next.end(), stop);
            }
        }

        private boolean isHad(LoggedTransaction next) {
            return files.size() == 1 && next.end() <= start.offset();
        }

        private FoundTransaction withDetails(FileManifest manifest, LoggedTransaction wanted) throws IOException {
            try (TransactionReader reader = new TransactionReader(
                    new EventReader(manifest.file().toString(), source.open(manifest)), true)) {
                LoggedTransaction next = reader.next();
                while (next != null && next.start() < wanted.start()) {
                    next = reader.next();
                }
                return new FoundTransaction(manifest.file(), next == null ? wanted : next);
            }
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
            if (files.size() == 1 && next.start() < start.offset()) {
                throw new OtherHistoryException("the restore cannot begin at " + start + ": that is inside the"
                        + " transaction from "
                        + next.start() + " to " + next.end());
            }
            if (leaveOut.remove(next.begin().gtid()) || !distributed.take(file.file(), next)) {
                skipped.add(new RestorePlan.Skipped(file.file().toString(), next));
                return;
            }
            if (!part.isAll() && part.judge(file.file(), next) == Part.Verdict.LEFT_OUT) {
                skipped.add(new RestorePlan.Skipped(file.file().toString(), next));
                return;
            }
            begin = begin == null ? next : begin;
            last = next;
            lastFile = file;
            transactions++;
            bytes += next.size();
            loads |= next.loads();
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

        /** An idle server logs nothing, but says that it is idle. */
        private boolean isCompleteUntilStop() throws IOException {
            return stop instanceof StopAt.Time time && archive.complete(timeline)
                    .filter(complete -> complete.file().equals(file.file()) && complete.offset() <= file.size()
                            && !complete.until().isBefore(time.moment()))
                    .isPresent();
        }

        RestorePlan planToEnd() throws IOException {
            if (!stop.reachedAtEnd(file.file(), file.size()) && !isCompleteUntilStop()) {
                throw new RestoreException("the archive ends at " + file.file() + ":" + file.size() + " (" + file.last()
                        + "), before it comes to " + stop + "; archive more, or restore to the end of the archive");
            }
            checkStop();
            return plan();
        }

        RestorePlan plan() throws RestoreException {
            if (transactions == 0 && orNone) {
                return new RestorePlan(timeline, files.subList(0, 1), start, start, start.offset(), 0, 0, null, null,
                        servers, skipped, false, leftOut, notes(), part, demands());
            }
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
                    begin.begin().time(), last.begin().time(), servers, skipped, gtids, leftOut, notes(), part,
                    demands());
        }

        private Demands demands() {
            return new Demands(distributed.prepared(), distributed.between(), loads);
        }

        private List<String> notes() {
            List<String> notes = new ArrayList<>(distributed.notes());
            notes.addAll(times.notes());
            return notes;
        }
    }
}
