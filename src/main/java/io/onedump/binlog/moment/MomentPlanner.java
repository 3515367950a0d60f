package io.onedump.binlog.moment;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.FileManifest;
import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.restore.OtherHistoryException;
import io.onedump.binlog.restore.Part;
import io.onedump.binlog.restore.Restore;
import io.onedump.binlog.restore.RestorePlan;
import io.onedump.binlog.restore.StopAt;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.restore.choice.RestoreException;

/**
 * Chooses the newest dump whose snapshot lies before the end that is asked for, and the timeline of the archive that is
 * of the same log: by the place in the log, the server's name, the GTIDs before and behind the place and, where the
 * server keeps none, the time. It never takes one of another server or of another history.
 */
public final class MomentPlanner {

    /** Between clocks of two machines. */
    private static final Duration SKEW = Duration.ofMinutes(10);
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");

    private final Archive archive;
    private final Restore restore;

    public MomentPlanner(Archive archive) {
        this(archive, new Restore(archive));
    }

    /** @param restore of that archive, which makes the plans */
    public MomentPlanner(Archive archive, Restore restore) {
        this.archive = archive;
        this.restore = restore;
    }

    /**
     * @param  newestFirst      the dumps that there are
     * @param  wanted           a timeline, 0 for the one that fits
     * @param  leaveOut         GTIDs of transactions that are not to be applied
     * @param  part             of the log that is applied
     * @throws RestoreException when no dump will do, with the reason for each
     */
    public Moment plan(Iterable<? extends KeptDump> newestFirst, StopAt stop, int wanted, Set<String> leaveOut,
            Part part)
            throws IOException {
        List<String> rejected = new ArrayList<>();
        for (KeptDump dump : newestFirst) {
            try {
                BinlogPosition start = dump.position();
                return new Moment(dump, start, plan(dump, start, stop, wanted, leaveOut, part), rejected);
            } catch (RestoreException e) {
                rejected.add(dump.name() + ": " + e.getMessage());
            }
        }
        throw new RestoreException(rejected.isEmpty()
                ? "there is no dump to begin with"
                : "no dump will do:\n  " + String.join("\n  ", rejected));
    }

    private RestorePlan plan(KeptDump dump, BinlogPosition start, StopAt stop, int wanted, Set<String> leaveOut,
            Part part) throws IOException {
        int newest = archive.newestTimeline().orElseThrow(() -> new RestoreException("the archive is empty"));
        List<String> others = new ArrayList<>();
        List<Integer> fitting = new ArrayList<>();
        for (int timeline = newest; timeline > 0; timeline--) {
            if (wanted == 0 || wanted == timeline) {
                String reason = reasonAgainst(dump, start, timeline, wanted > 0);
                if (reason == null) {
                    fitting.add(timeline);
                } else {
                    others.add("timeline " + timeline + ": " + reason);
                }
            }
        }
        List<RestorePlan> plans = new ArrayList<>();
        RestoreException refused = null;
        for (int timeline : fitting) {
            try {
                RestorePlan plan = restore.plan(timeline, start, stop, leaveOut, true, part);
                if (start.gtids().isEmpty() && wanted == 0) {
                    checkFollows(dump, start, plan);
                }
                plans.add(plan);
            } catch (OtherHistoryException e) {
                others.add("timeline " + timeline + ": " + e.getMessage());
            } catch (RestoreException e) {
                refused = e;
            }
        }
        if (refused != null) {
            throw refused;
        }
        if (plans.isEmpty()) {
            throw new RestoreException("the archive is not of its log: " + String.join("; ", others));
        }
        if (plans.size() > 1) {
            throw new RestoreException(start + " may be of each of the timelines " + fitting
                    + ", and neither time nor GTIDs tell which; say it with --timeline");
        }
        RestorePlan plan = plans.get(0);
        if (wanted == 0) {
            new NewerTimelines(archive, plan.timeline(), newest).check(stop);
        }
        return plan;
    }

    /** Where no GTID tells: what follows the place was not committed long before the dump was made. */
    private static void checkFollows(KeptDump dump, BinlogPosition start, RestorePlan plan)
            throws OtherHistoryException {
        Instant follows = plan.first();
        if (follows == null && plan.leftOut() != null) {
            follows = plan.leftOut().transaction().begin().time();
        }
        if (follows != null && follows.isBefore(dump.time().minus(SKEW))) {
            throw new OtherHistoryException("what follows " + start + " was committed at " + follows
                    + ", before the dump was made at " + dump.time());
        }
    }

    /** Null when the timeline may have the dump's place. */
    String reasonAgainst(KeptDump dump, BinlogPosition start, int timeline, boolean anyTime) throws IOException {
        List<FileManifest> files = archive.manifests(timeline);
        FileManifest file = files.stream().filter(each -> each.file().toString().equals(start.file())).findFirst()
                .orElse(null);
        if (file == null) {
            return "it has no " + start.file() + (files.isEmpty()
                    ? ""
                    : ", only " + files.get(0).file() + " to " + files.get(files.size() - 1).file());
        }
        if (start.offset() > file.size()) {
            return "its " + start.file() + " ends at " + file.size() + ", before the dump's " + start.offset();
        }
        String server = dump.server();
        if (!NUMBER.matcher(server).matches() && !server.isEmpty() && !file.server().isEmpty()
                && !server.equals(file.server())) {
            return "it is of server " + file.server() + ", the dump of " + server;
        }
        if (start.gtids().isEmpty() && NUMBER.matcher(server).matches() && !server.equals(writer(timeline, file))) {
            return "its " + start.file() + " was written by a server with the id " + writer(timeline, file)
                    + ", the dump is of one with " + server;
        }
        boolean early = dump.time().plus(SKEW).isBefore(file.first());
        boolean late = file.closed() && dump.time().minus(SKEW).isAfter(file.last());
        if ((early || late) && !anyTime) {
            return "its " + start.file() + " is of " + file.first() + " to " + file.last() + ", the dump of "
                    + dump.time();
        }
        return null;
    }

    /** The id of the server that began a file. */
    private String writer(int timeline, FileManifest file) throws IOException {
        try (EventReader events = new EventReader(file.file().toString(), archive.open(timeline, file))) {
            return events.next() ? Long.toString(EventHeader.serverId(events.bytes(), events.at())) : "";
        }
    }
}
