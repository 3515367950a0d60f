package io.onedump.binlog.archive;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import io.onedump.binlog.source.ServerIdentity;
import io.onedump.binlog.source.ServerLog;
import io.onedump.mysql.BinlogPosition;
import io.onedump.mysql.MySqlSession;
import io.onedump.mysql.MySqlSettings;
import io.onedump.mysql.Row;

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
 * @param overtaken  whether the server has removed what is not archived, or is another server
 */
public record ArchiveStatus(
        int timeline, BinlogPosition server, BinlogPosition archived, long lagBytes, Duration lag, Instant oldest,
        List<String> gaps, Duration expiry, boolean overtaken) {

    private static final double ALARMING = 0.5;

    public ArchiveStatus {
        gaps = List.copyOf(gaps);
    }

    /** Asks server and storage; reads every manifest of the newest timeline. */
    public static ArchiveStatus of(MySqlSettings settings, Archive archive, Clock clock) throws IOException {
        try (MySqlSession session = MySqlSession.connect(settings)) {
            BinlogPosition server = BinlogPosition.latest(session).orElseThrow(() -> new IOException(
                    "the server " + settings.address() + " writes no binary log: start it with --log-bin"));
            ServerLog log = ServerLog.of(session);
            OptionalInt timeline = archive.newestTimeline();
            if (timeline.isEmpty()) {
                return new ArchiveStatus(0, server, null, log.bytesAfter(log.oldest(), 0), Duration.ZERO, null, List.of(),
                        expiry(session), false);
            }
            List<FileManifest> files = archive.manifests(timeline.getAsInt());
            FileManifest newest = files.get(files.size() - 1);
            long bytes = log.bytesAfter(newest.file(), newest.size());
            Duration lag = bytes == 0 ? Duration.ZERO : Duration.between(newest.last(), clock.instant());
            boolean overtaken = !newest.closed() && !log.has(newest.file())
                    || newest.closed() && log.oldest().compareTo(newest.next()) > 0
                    || ServerIdentity.of(session).contradicts(newest.server());
            return new ArchiveStatus(timeline.getAsInt(), server, BinlogPosition.of(newest.file().toString(), newest.size()),
                    bytes, lag.isNegative() ? Duration.ZERO : lag, files.get(0).first(), gaps(files), expiry(session), overtaken);
        }
    }

    private static List<String> gaps(List<FileManifest> files) {
        List<String> gaps = new ArrayList<>();
        for (int i = 0; i + 1 < files.size(); i++) {
            FileManifest file = files.get(i);
            FileManifest next = files.get(i + 1);
            if (!file.closed() || !file.next().equals(next.file())) {
                gaps.add("from " + file.file() + ":" + file.size() + " (" + file.last() + ") to " + next.file() + " ("
                        + next.first() + ")");
            }
        }
        return gaps;
    }

    private static Duration expiry(MySqlSession session) throws IOException {
        long seconds = 0;
        for (Row row : session.query("SHOW GLOBAL VARIABLES WHERE Variable_name IN"
                + " ('binlog_expire_logs_seconds', 'expire_logs_days')")) {
            double value = Double.parseDouble(row.get(1));
            seconds = Math.max(seconds, (long) (row.get(0).equals("expire_logs_days") ? value * 86_400 : value));
        }
        return Duration.ofSeconds(seconds);
    }

    /** No gap, and the server will not soon remove what is not archived. */
    public boolean healthy() {
        return gaps.isEmpty() && !overtaken && (expiry.isZero() || lag.toSeconds() < expiry.toSeconds() * ALARMING);
    }

    public String json() {
        return "{\"timeline\":" + timeline + ",\"server\":" + Json.text(server.toString()) + ",\"archived\":"
                + (archived == null ? "null" : Json.text(archived.toString())) + ",\"lag_bytes\":" + lagBytes
                + ",\"lag_seconds\":" + lag.toSeconds() + ",\"oldest\":" + (oldest == null ? "null" : Json.text(oldest.toString()))
                + ",\"gaps\":[" + String.join(",", gaps.stream().map(Json::text).toList()) + "],\"server_keeps_seconds\":"
                + expiry.toSeconds() + ",\"overtaken\":" + overtaken + ",\"healthy\":" + healthy() + "}";
    }
}
