package io.onedump.binlog.restore;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.onedump.binlog.archive.FileManifest;
import io.onedump.binlog.event.LoggedTransaction;

/**
 * Tells the time of a commit from one that a session has set ({@code SET TIMESTAMP}), where a restore ends at a time:
 * MariaDB and old versions of MySQL log nothing else.
 */
final class SetTimes {

    /** Between the time of an event and that of a clock. */
    private static final Duration SKEW = Duration.ofSeconds(5);
    /** Statements that took long are logged behind shorter ones that began later, so less is no sign. */
    private static final Duration JUMP = Duration.ofMinutes(1);
    private static final int LOOK = 20;
    private static final int LEAST = 10;

    private final StopAt stop;
    private Instant newest;
    private long ahead;
    private long behind;

    SetTimes(StopAt stop) {
        this.stop = stop;
    }

    /** Whether its time cannot be that of its commit, so that the end is not there. */
    boolean isSet(FileManifest file, LoggedTransaction next, Lookahead reader) throws IOException {
        if (!(stop instanceof StopAt.Time time)) {
            return false;
        }
        Instant latest = file.closed() ? file.last() : Instant.now();
        if (next.begin().time().isAfter(latest.plus(SKEW)) || next.rows() && !next.begin().precise()
                && goesOnBefore(time.moment().truncatedTo(ChronoUnit.SECONDS), file, next, reader)) {
            ahead++;
            return true;
        }
        return false;
    }

    /** Whether nearly all that follow go on from where the time was before it. */
    private boolean goesOnBefore(Instant limit, FileManifest file, LoggedTransaction next, Lookahead reader)
            throws IOException {
        List<LoggedTransaction> following = reader.following(LOOK);
        Instant from = (newest == null ? file.first() : newest).minus(SKEW);
        Instant before = next.begin().time().minus(JUMP);
        behind = following.stream().filter(each -> each.begin().time().isBefore(limit.minus(SKEW))).count();
        int going = 0;
        for (int i = 0; i < following.size(); i++) {
            Instant time = following.get(i).begin().time();
            going += time.isBefore(limit) && time.isBefore(before) && !time.isBefore(from) ? 1 : 0;
            if (i + 1 >= LEAST && going * 10 >= (i + 1) * 9) {
                return true;
            }
        }
        return false;
    }

    /** One whose time is that of its commit. */
    void was(LoggedTransaction transaction) {
        Instant time = transaction.begin().time();
        newest = newest == null || time.isAfter(newest) ? time : newest;
    }

    /** What is to be known of the times. */
    List<String> notes() {
        if (ahead > 0) {
            return List.of(ahead + " transactions have a time that is ahead of the server's own, such as by SET"
                    + " TIMESTAMP: they are applied as what stands around them");
        }
        return behind == 0
                ? List.of()
                : List.of("of those behind the first that is left out, " + behind + " of " + LOOK + " have earlier"
                        + " times than the end that was asked for: statements that took long, or a time that was set;"
                        + " where it should go on, name the place with --to-position");
    }
}
