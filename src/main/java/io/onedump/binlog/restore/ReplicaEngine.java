package io.onedump.binlog.restore;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import io.onedump.binlog.replica.ArchiveSource;
import io.onedump.binlog.replica.ServedLog;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.restore.choice.RestoreException;
import org.slf4j.Logger;

/**
 * Makes the target a replica of the archive for as long as it takes. Right for every kind of event, since the server's
 * own code applies them, and faster than the tools. The target must be able to connect back to this machine.
 */
final class ReplicaEngine implements RestoreEngine {

    private static final Logger LOG = CleanLog.of(ReplicaEngine.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int SERVER_ID = 1_947_112_311;

    private final InetAddress listenOn;

    /** @param listenOn our address that the target can reach, or null for the one we reach the target from */
    ReplicaEngine(InetAddress listenOn) {
        this.listenOn = listenOn;
    }

    @Override
    public void check(RestorePlan plan, MySqlSettings target, List<TargetChange> left) throws IOException {
        try (MySqlSession session = MySqlSession.connect(target)) {
            if (session.flavour() != plan.flavour()) {
                throw new RestoreException("the archive was written by " + plan.serverVersion() + ", the target is "
                        + session.serverVersion() + ": they do not understand each other; restore into the same"
                        + " family");
            }
            ReplicationStatements replication = new ReplicationStatements(session);
            replication.check();
            if (left.stream().noneMatch(change -> change.kind() == TargetChange.Kind.FILTERS)) {
                ReplicationFilter.requireNone(session);
            }
            if (replication.status().isPresent() && !isLeft(replication, left)) {
                throw new RestoreException("the target " + target.address() + " is a replica already; restore into"
                        + " another server, or use the engine 'tool'");
            }
        }
    }

    private static boolean isLeft(ReplicationStatements replication, List<TargetChange> left) throws IOException {
        for (TargetChange change : left) {
            if (change.kind() == TargetChange.Kind.REPLICA && replication.isReplicaOf(change.meanwhile())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void apply(RestorePlan plan, List<Path> files, MySqlSettings target, TargetJournal journal)
            throws IOException, InterruptedException {
        try (MySqlSession session = MySqlSession.connect(target);
                ArchiveSource source = ArchiveSource.start(Threads.daemons(), log(plan, files), session.flavour(),
                        listenOn == null ? session.localAddress() : listenOn, SERVER_ID)) {
            prepare(session, plan, journal);
            journal.filter(plan.part());
            journal.replica(source.host() + ":" + source.port());
            ReplicationStatements replication = new ReplicationStatements(session);
            try {
                replication.start(source, plan.start(), !plan.part().isAll());
                await(replication, plan.stop());
            } finally {
                replication.stop();
            }
        }
    }

    /** Changes what would make the target skip or refuse events. */
    private static void prepare(MySqlSession session, RestorePlan plan, TargetJournal journal) throws IOException {
        long own = Long.parseLong(GlobalSetting.value(session, "server_id").orElse("0"));
        if (plan.servers().contains(own)) {
            // A replica takes events with its own id for its own, and skips them without a word.
            journal.set("server_id", Long.toString(Collections.max(plan.servers()) % 0xfffffff0L + 1));
        }
        if (GlobalSetting.value(session, "gtid_strict_mode").filter("ON"::equals).isPresent()) {
            journal.set("gtid_strict_mode", "OFF");
        }
    }

    private static ServedLog log(RestorePlan plan, List<Path> files) {
        List<ServedLog.Stretch> left = new ArrayList<>();
        for (RestorePlan.Skipped skipped : plan.skipped()) {
            ServedLog.Stretch last = left.isEmpty() ? null : left.get(left.size() - 1);
            long start = skipped.transaction().start();
            long end = skipped.transaction().end();
            // A replica is told of one place to go on at a time.
            if (last != null && last.file().equals(skipped.file()) && last.end() == start) {
                left.set(left.size() - 1, new ServedLog.Stretch(last.file(), last.start(), end));
            } else {
                left.add(new ServedLog.Stretch(skipped.file(), start, end));
            }
        }
        return new ServedLog(files, plan.stop(), left, plan.flavour() == Flavour.MYSQL, plan.serverVersion());
    }

    private static void await(ReplicationStatements replication, BinlogPosition stop)
            throws IOException, InterruptedException {
        long nextMessage = System.nanoTime();
        while (true) {
            ReplicationStatus status = replication.status()
                    .orElseThrow(() -> new RestoreException("the target stopped being a replica while it restored"));
            if (status.executed().file().equals(stop.file()) && status.executed().offset() == stop.offset()) {
                return;
            }
            if (status.failed()) {
                throw new RestoreException("the restore stopped at " + status.executed() + ": " + status.problem());
            }
            if (System.nanoTime() >= nextMessage) {
                LOG.info("restored up to {}, of {}", status.executed(), stop);
                nextMessage += Duration.ofSeconds(10).toNanos();
            }
            Thread.sleep(POLL.toMillis());
        }
    }
}
