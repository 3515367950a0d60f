package io.onedump.drill;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Hasher;
import io.onedump.artifact.Threads;
import io.onedump.binlog.LoggedDump;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.moment.Moment;
import io.onedump.binlog.moment.MomentPlanner;
import io.onedump.binlog.moment.Reach;
import io.onedump.binlog.restore.Engine;
import io.onedump.binlog.restore.Part;
import io.onedump.binlog.restore.Restore;
import io.onedump.binlog.restore.RestoreRequest;
import io.onedump.binlog.restore.StopAt;
import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.drill.evidence.DrillRecord;
import io.onedump.drill.scratch.Scratch;
import io.onedump.drill.scratch.ScratchChoice;
import io.onedump.encrypt.age.Identities;
import io.onedump.restore.OpenedDump;
import io.onedump.restore.StoredEntry;
import io.onedump.restore.choice.RestoreListener;
import org.slf4j.Logger;

/**
 * Restores a job's newest dump, and what its archive has behind it, into a scratch server for no other purpose than to
 * prove that it works, and measures how long that took and how much would be lost.
 *
 * @param archive of the binary log of the server that is dumped; null for none
 * @param identities open dumps that are sealed
 * @param work    only this user may enter it
 */
public record Drill(Threads threads, String job, DrillTarget target, ScratchChoice scratch, Archive archive,
        int parallel, String client, Identities identities, Path work, RandomGenerator random, Clock clock,
        RestoreListener listener) {

    private static final Logger LOG = CleanLog.of(Drill.class);
    private static final String WAY_OUT = "give the drill the identity or the passphrase";
    private static final Duration DAY = Duration.ofDays(1);

    /**
     * Runs it. What goes wrong is a finding, not an exception.
     *
     * @param newestFirst the job's dumps
     * @param problems    what is wrong with others of its artifacts, and storages that cannot be asked
     */
    public DrillRecord run(List<LoggedDump> newestFirst, List<String> problems) {
        Course course = new Course(this, clock.instant());
        problems.forEach(course::note);
        try {
            drill(course, newestFirst);
        } catch (IOException | RuntimeException e) {
            LOG.debug("the drill ended early", e);
            course.find(e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            course.find("it was interrupted");
        }
        return course.record(clock.instant());
    }

    private void drill(Course course, List<LoggedDump> newestFirst) throws IOException, InterruptedException {
        if (newestFirst.isEmpty()) {
            throw new DrillException("job " + job + " has kept no verified dump: there is nothing to restore");
        }
        LoggedDump newest = newestFirst.get(0);
        if (target == DrillTarget.DUMP) {
            restore(course, newest, null, null);
            return;
        }
        List<LoggedDump> candidates =
                target == DrillTarget.NEXT_DUMP ? newestFirst.subList(1, newestFirst.size()) : newestFirst;
        StopAt stop = stop(newestFirst);
        try (Restore restore = Restore.fetching(archive, work)) {
            Moment moment = new MomentPlanner(archive, restore).plan(candidates, stop, 0, Set.of(), Part.ALL);
            moment.rejected().forEach(reason -> course.note("passed over " + reason));
            restore(course, (LoggedDump) moment.dump(), new Log(restore, moment, stop),
                    target == DrillTarget.NEXT_DUMP ? newest : null);
            if (target == DrillTarget.END) {
                course.reached(Reach.of(archive, moment.dump()).until());
            }
        }
    }

    /** What is applied behind a dump. */
    private record Log(Restore restore, Moment moment, StopAt stop) {
    }

    private StopAt stop(List<LoggedDump> newestFirst) throws IOException {
        switch (target) {
            case RANDOM -> {
                Instant known = Reach.of(archive, newestFirst.get(0)).until();
                Instant until = known == null ? clock.instant() : known;
                Instant day = until.minus(DAY);
                Instant oldest = newestFirst.get(newestFirst.size() - 1).time();
                Instant from = oldest.isAfter(day) ? oldest : day;
                long seconds = Math.max(1, Duration.between(from, until).toSeconds());
                return new StopAt.Time(from.plusSeconds(1 + random.nextLong(seconds)));
            }
            case NEXT_DUMP -> {
                if (newestFirst.size() < 2) {
                    throw new DrillException("job " + job + " has kept one dump only: for the target " + target
                            + " it takes two");
                }
                BinlogPosition place = newestFirst.get(0).position();
                return new StopAt.Position(BinlogName.parse(place.file()), place.offset());
            }
            default -> {
                return new StopAt.End();
            }
        }
    }

    /**
     * @param log  null for the dump alone
     * @param next the dump whose rows have to come out; null for none
     */
    private void restore(Course course, LoggedDump chosen, Log log, LoggedDump next)
            throws IOException, InterruptedException {
        try (StoredEntry entry = chosen.entry()) {
            course.chosen(entry, log == null ? null : log.stop());
            OpenedDump.use(entry, identities, WAY_OUT, dump -> {
                restore(course, DrilledDump.of(this, entry, dump), log, next);
                return null;
            });
            readWhole(course, entry);
        }
    }

    private void restore(Course course, DrilledDump drilled, Log log, LoggedDump next)
            throws IOException, InterruptedException {
        try (Scratch server = scratch.open(threads, drilled.origin(), work)) {
            course.into(scratch, server);
            Dsn place = drilled.prepare(server);
            if (log == null) {
                drilled.prove(course, server, place);
            } else {
                replay(course, drilled, server, place, log);
            }
            Instant proved = drilled.snapshot();
            if (next != null) {
                proved = proveNext(course, server, next);
            }
            course.proved(clock.instant(), proved);
        }
    }

    private void replay(Course course, DrilledDump drilled, Scratch server, Dsn place, Log log)
            throws IOException, InterruptedException {
        Moment moment = log.moment();
        RestoreRequest request = new RestoreRequest(moment.plan().timeline(), moment.start(), log.stop(), Set.of(),
                null, MySqlDsn.settings(server.dsn()), Engine.REPLICA, work, null, client,
                InetAddress.getLoopbackAddress(), Part.ALL);
        log.restore().run(request, moment.plan(), folder -> {
            drilled.prove(course, server, place);
            course.requireNothingFound();
        });
        course.applied(moment.plan());
    }

    /** What came of an older dump and the archive has to be what the newest dump says. */
    private Instant proveNext(Course course, Scratch server, LoggedDump next) throws IOException {
        try (StoredEntry entry = next.entry()) {
            Instant snapshot = OpenedDump.use(entry, identities, WAY_OUT, dump -> {
                DrilledDump drilled = DrilledDump.of(this, entry, dump);
                drilled.compare(course, server, false);
                return drilled.snapshot();
            });
            readWhole(course, entry);
            return snapshot;
        }
    }

    /** Nothing that was stored may differ from what was stored, whether or not the restore has noticed it. */
    private static void readWhole(Course course, StoredEntry dump) throws IOException {
        String sha256 = Hasher.of(dump.bytes().open(0, dump.bytes().size())).sha256();
        if (!sha256.equals(dump.sha256())) {
            course.find(dump.name() + ": it was changed after it was stored: its SHA-256 is " + sha256
                    + ", its sidecar says " + dump.sha256());
        }
        course.read(sha256);
    }
}
