package io.onedump.binlog.archive;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.Json;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.source.ServerIdentity;
import io.onedump.binlog.source.ServerLog;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.Row;

/**
 * How far an archive is behind its server.
 *
 * @param timeline   the newest
 * @param server     where the server is
 * @param archived   where the archive is; null for an archive that has not begun
 * @param lagBytes   that the server has and the archive has not
 * @param lag        how long ago the newest archived event was written, zero when nothing is missing
 * @param oldest     the oldest moment that can be restored, given a dump of that time; null as above
 * @param gaps       what can never be restored, in words
 * @param expiry     how long the server keeps files; zero when it removes none by age
 * @param room       how many bytes of files the server keeps; zero when it removes none by size
 * @param overtaken  whether the server has removed what is not archived, or is another server
 */
public record ArchiveStatus(
        int timeline, BinlogPosition server, BinlogPosition archived, long lagBytes, Duration lag, Instant oldest,
        List<String> gaps, Duration expiry, long room, boolean overtaken) {

    private static final int ALARMING_PERCENT = 50;

    public ArchiveStatus {
        gaps = List.copyOf(gaps);
    }

    /**
     * Asks server and storage. Of the archive it takes one listing, the oldest and the newest manifest, and those
     * around what might be a gap.
     */
    public static ArchiveStatus of(MySqlSettings settings, Archive archive, Clock clock) throws IOException {
        try (MySqlSession session = MySqlSession.connect(settings)) {
            BinlogPosition server = BinlogPosition.latest(session).orElseThrow(() -> new IOException(
                    "the server " + settings.address() + " writes no binary log: start it with --log-bin"));
            ServerLog log = ServerLog.of(session);
            Optional<TimelineListing> listing = archive.newest();
            if (listing.isEmpty()) {
                return new ArchiveStatus(0, server, null, log.bytesAfter(log.oldest(), 0), Duration.ZERO, null,
                        List.of(), expiry(session), room(session), false);
            }
            int timeline = listing.get().timeline();
            List<BinlogName> files = listing.get().files();
            FileManifest newest = archive.present(timeline, files.get(files.size() - 1));
            long bytes = log.bytesAfter(newest.file(), newest.size());
            Duration lag = bytes == 0 ? Duration.ZERO : Duration.between(newest.last(), clock.instant());
            boolean overtaken = !newest.closed() && !log.has(newest.file())
                    || newest.closed() && log.oldest().compareTo(newest.next()) > 0
                    || ServerIdentity.of(session).contradicts(newest.server());
            return new ArchiveStatus(timeline, server, BinlogPosition.of(newest.file().toString(), newest.size()),
                    bytes, lag.isNegative() ? Duration.ZERO : lag, archive.present(timeline, files.get(0)).first(),
                    gaps(archive, listing.get()), expiry(session), room(session), overtaken);
        }
    }

    static List<String> gaps(Archive archive, TimelineListing listing) throws IOException {
        List<String> gaps = new ArrayList<>();
        List<BinlogName> files = listing.files();
        for (int i = 0; i + 1 < files.size(); i++) {
            if (listing.surelyClosed(files.get(i)) && files.get(i).next().equals(files.get(i + 1))) {
                continue;
            }
            FileManifest file = archive.present(listing.timeline(), files.get(i));
            FileManifest next = archive.present(listing.timeline(), files.get(i + 1));
            if (!file.closed() || !file.next().equals(next.file())) {
                gaps.add("from " + file.file() + ":" + file.size() + " (" + file.last() + ") to " + next.file() + " ("
                        + next.first() + ")");
            }
        }
        return gaps;
    }

    private static Duration expiry(MySqlSession session) throws IOException {
        double days = variable(session, "expire_logs_days");
        return Duration.ofSeconds((long) Math.max(variable(session, "binlog_expire_logs_seconds"), days * 86_400));
    }

    private static long room(MySqlSession session) throws IOException {
        return (long) variable(session, "max_binlog_total_size");
    }

    /** Zero where the server has no such variable. */
    private static double variable(MySqlSession session, String name) throws IOException {
        List<Row> rows = session.query("SHOW GLOBAL VARIABLES LIKE '" + name + "'");
        return rows.isEmpty() ? 0 : Double.parseDouble(rows.get(0).get(1));
    }

    /** How close the server is to removing what is not archived: 0 far, 100 and above at any moment. */
    public long purgePercent() {
        double byAge = expiry.isZero() ? 0 : (double) lag.toSeconds() / expiry.toSeconds();
        double bySize = room == 0 ? 0 : (double) lagBytes / room;
        return Math.round(100 * Math.max(byAge, bySize));
    }

    /** No gap, and the server will not soon remove what is not archived. */
    public boolean healthy() {
        return gaps.isEmpty() && !overtaken && purgePercent() < ALARMING_PERCENT;
    }

    public String json() {
        return Json.line(json -> {
            json.writeNumberField("timeline", timeline);
            json.writeStringField("server", server.toString());
            json.writeStringField("archived", archived == null ? null : archived.toString());
            json.writeNumberField("lag_bytes", lagBytes);
            json.writeNumberField("lag_seconds", lag.toSeconds());
            json.writeStringField("oldest", oldest == null ? null : oldest.toString());
            Json.strings(json, "gaps", gaps);
            json.writeNumberField("server_keeps_seconds", expiry.toSeconds());
            json.writeNumberField("server_keeps_bytes", room);
            json.writeNumberField("purge_percent", purgePercent());
            json.writeBooleanField("overtaken", overtaken);
            json.writeBooleanField("healthy", healthy());
        });
    }
}
