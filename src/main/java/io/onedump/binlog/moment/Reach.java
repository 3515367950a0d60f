package io.onedump.binlog.moment;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.Completeness;
import io.onedump.binlog.archive.FileManifest;
import io.onedump.binlog.event.BinlogName;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.restore.choice.RestoreException;

/**
 * Up to which moment an archive leads from a dump, by what its manifests say.
 *
 * @param timeline 0 when there is none
 * @param until    the newest event without a gap in between; null when there is none
 * @param gap      the file that is missing or not whole there; null where the archive just ends
 * @param problem  why the archive does not go on from the dump; null when it does
 */
public record Reach(KeptDump dump, int timeline, Instant until, BinlogName gap, String problem) {

    /** Looks at the manifests of all timelines. */
    public static Reach of(Archive archive, KeptDump dump) throws IOException {
        BinlogPosition start;
        try {
            start = dump.position();
        } catch (RestoreException e) {
            return new Reach(dump, 0, null, null, e.getMessage());
        }
        MomentPlanner planner = new MomentPlanner(archive);
        List<String> reasons = new ArrayList<>();
        for (int timeline = archive.newestTimeline().orElse(0); timeline > 0; timeline--) {
            String reason = planner.reasonAgainst(dump, start, timeline, false);
            if (reason == null) {
                return along(archive, dump, timeline, BinlogName.parse(start.file()));
            }
            reasons.add("timeline " + timeline + ": " + reason);
        }
        return new Reach(dump, 0, null, null, reasons.isEmpty() ? "the archive is empty" : String.join("; ", reasons));
    }

    private static Reach along(Archive archive, KeptDump dump, int timeline, BinlogName first) throws IOException {
        Instant until = null;
        BinlogName expected = first;
        for (FileManifest file : archive.manifests(timeline)) {
            if (file.file().compareTo(expected) < 0) {
                continue;
            }
            if (!file.file().equals(expected)) {
                return new Reach(dump, timeline, until, expected, null);
            }
            until = file.last();
            if (!file.closed()) {
                until = later(until, archive.complete(timeline).filter(complete -> complete.file().equals(file.file()))
                        .map(Completeness::until).orElse(until));
                BinlogName gap = file.state() == FileManifest.State.CUT ? file.file() : null;
                return new Reach(dump, timeline, until, gap, null);
            }
            expected = file.next();
        }
        return new Reach(dump, timeline, until, null, null);
    }

    private static Instant later(Instant one, Instant other) {
        return other.isAfter(one) ? other : one;
    }

    /** One line for people. */
    @Override
    public String toString() {
        String head = dump.name() + "  made " + dump.time();
        if (problem != null) {
            return head + "  to itself only: " + problem;
        }
        return head + "  timeline " + timeline + "  to anything up to " + until
                + (gap == null ? "" : ", where a GAP begins (" + gap + ")");
    }
}
