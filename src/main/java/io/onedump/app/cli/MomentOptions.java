package io.onedump.app.cli;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.restore.Engine;
import io.onedump.binlog.restore.StopAt;
import io.onedump.database.Dsn;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** To which moment a restore goes on from a dump, with which archive. */
final class MomentOptions {

    /** Also in a line of {@code binlog find}, which says where a transaction begins and ends. */
    private static final Pattern PLACE = Pattern.compile("(?:^|\\s)(\\S+\\.\\d+):(\\d{1,18})(?:-\\d+)?(?:\\s|$)");

    @ArgGroup(heading = "Go on from the dump with the archive of the binary log, up to one of:%n")
    private End end;

    @Option(names = "--archive-job", paramLabel = "<id>", description = "The job that archives the binary log of the"
            + " server. Default: what the dump step of the job names with archive.")
    private String archiveJob;

    @Option(names = "--skip-gtid", paramLabel = "<gtid>", description = "Leave this transaction out; may be repeated.")
    private Set<String> skipped = Set.of();

    @Option(names = "--timeline", paramLabel = "<n>", description = "Of the archive. Default: the one that the dump is"
            + " of.")
    private int timeline;

    @Option(names = "--engine", paramLabel = "<engine>", defaultValue = "replica",
            description = "replica: feed the target's own replica threads. tool: pipe mysqlbinlog or mariadb-binlog"
                    + " into the client. Default: ${DEFAULT-VALUE}.")
    private String engine;

    @Option(names = "--listen", paramLabel = "<address>", description = "With --engine replica: our address as the"
            + " target sees it. Default: the one we reach the target from.")
    private InetAddress listen;

    @Option(names = "--through", paramLabel = "<dsn>", description = "For a part that cannot be brought there by"
            + " itself: a scratch server of the same family, into which the whole is restored first (with --replace it"
            + " loses what has the same names), and from which the part is taken. The password may come from the"
            + " environment variable ONEDUMP_THROUGH_PASSWORD.")
    private String through;

    private static final class End {

        @Option(names = "--to", paramLabel = "<time>", converter = MomentConverter.class,
                description = "Before the first transaction committed at this time or later, such as"
                        + " 2026-11-23T07:00:00Z, or a time ago such as 90m.")
        private Instant time;

        @Option(names = "--before-gtid", paramLabel = "<gtid>", description = "Before this transaction.")
        private String gtid;

        @Option(names = "--before", paramLabel = "<line>", description = "Before the transaction in this line of"
                + " 'onedump binlog find', or at this place, such as binlog.000042:1234.")
        private String line;

        @Option(names = "--to-position", paramLabel = "<file:offset>", description = "At this place in the binary log.")
        private String position;

        @Option(names = "--to-end", description = "After everything that is archived.")
        private boolean all;
    }

    /** Whether a moment is asked for. */
    boolean isGiven() {
        return end != null;
    }

    /** @throws IllegalArgumentException for a place that is none */
    StopAt stop() {
        if (end.time != null) {
            return new StopAt.Time(end.time);
        }
        if (end.gtid != null) {
            return new StopAt.Gtid(end.gtid.strip());
        }
        if (end.line != null) {
            return place("--before", end.line);
        }
        return end.position == null ? new StopAt.End() : place("--to-position", end.position);
    }

    private static StopAt place(String option, String text) {
        Matcher place = PLACE.matcher(text);
        if (!place.find()) {
            throw new IllegalArgumentException(option + ": there is no place such as binlog.000042:1234 in '" + text
                    + "'");
        }
        return new StopAt.Position(BinlogName.parse(place.group(1)), Long.parseLong(place.group(2)));
    }

    /** The scratch server by which a part comes back; null for none. */
    Dsn through() {
        return through == null ? null : Dsn.parse(through).withAccount(null, System.getenv("ONEDUMP_THROUGH_PASSWORD"));
    }

    String archiveJob() {
        return archiveJob;
    }

    Set<String> skipped() {
        return skipped;
    }

    int timeline() {
        return timeline;
    }

    Engine engine() {
        return Engine.parse(engine);
    }

    InetAddress listen() {
        return listen;
    }
}
