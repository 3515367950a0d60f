package io.onedump.binlog.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * @param lag        for how long it has been so: since the newest moment up to which nothing is missing
 * @param oldest     the oldest moment that can be restored, given a dump of that time; null as above
 * @param gaps       what can never be restored, in words, without what was accepted
 * @param expiry     how long the server keeps files; zero when it removes none by age
 * @param room       how many bytes of files the server keeps; zero when it removes none by size
 * @param overtaken  whether the server has removed what is not archived, or is another server
 * @param complete   the moment up to which nothing is missing; null for an archive that has not begun
 * @param archiver   what the archiver does, in words
 * @param alarms     what is wrong, in words
 * @param accepted   whether the timeline is the first, or was accepted
 */
public record ArchiveStatus(
        int timeline, BinlogPosition server, BinlogPosition archived, long lagBytes, Duration lag, Instant oldest,
        List<String> gaps, Duration expiry, long room, boolean overtaken, Instant complete, String archiver,
        List<String> alarms, boolean accepted) {

    private static final int ALARMING_PERCENT = 50;

    public ArchiveStatus {
        gaps = List.copyOf(gaps);
        alarms = List.copyOf(alarms);
    }

    /** The same of an archive with nothing to alarm but its gaps, and of an archiver that nobody knows. */
    public ArchiveStatus(int timeline, BinlogPosition server, BinlogPosition archived, long lagBytes, Duration lag,
            Instant oldest, List<String> gaps, Duration expiry, long room, boolean overtaken) {
        this(timeline, server, archived, lagBytes, lag, oldest, gaps, expiry, room, overtaken, null, "unknown",
                gaps.isEmpty() ? List.of() : List.of("there is a gap"), true);
    }

    /** As {@link #of(MySqlSettings, Archive, Clock, Watch)}, with the usual limits. */
    public static ArchiveStatus of(MySqlSettings settings, Archive archive, Clock clock) throws IOException {
        return of(settings, archive, clock, Watch.DEFAULT);
    }

    /**
     * Asks server and storage. Of the archive it takes one listing, the oldest and the newest manifest, those around
     * what might be a gap, and what its archiver says.
     */
    public static ArchiveStatus of(MySqlSettings settings, Archive archive, Clock clock, Watch watch)
            throws IOException {
        try (MySqlSession session = MySqlSession.connect(settings)) {
            BinlogPosition server = BinlogPosition.latest(session).orElseThrow(() -> new IOException(
                    "the server " + settings.address() + " writes no binary log: start it with --log-bin"));
            Source source = new Source(server, ServerLog.of(session), ServerIdentity.of(session), expiry(session),
                    room(session));
            return of(source, archive, clock, watch);
        }
    }

    /** The status of an archive whose files come from a folder; its newest file there is not waited for. */
    public static ArchiveStatus of(Path folder, Archive archive, Clock clock, Watch watch) throws IOException {
        List<ServerLog.File> files = new ArrayList<>();
        for (BinlogName name : FolderSync.names(folder)) {
            files.add(new ServerLog.File(name, Files.size(folder.resolve(name.toString()))));
        }
        if (files.isEmpty()) {
            throw new IOException("the folder " + folder + " has no binlog file; they are to be copied there");
        }
        ServerLog.File newest = files.get(files.size() - 1);
        if (files.size() > 1 && !FolderSync.endsAsWhole(newest.name(), folder)) {
            files.remove(files.size() - 1);
        }
        return of(new Source(BinlogPosition.of(newest.name().toString(), newest.size()), new ServerLog(files),
                new ServerIdentity("", ""), Duration.ZERO, 0), archive, clock, watch);
    }

    /** Where the files come from, as it is now. */
    private record Source(BinlogPosition at, ServerLog log, ServerIdentity identity, Duration expiry, long room) {
    }

    private static ArchiveStatus of(Source source, Archive archive, Clock clock, Watch watch) throws IOException {
        Instant now = clock.instant();
        ServerLog log = source.log();
        Alarms alarms = new Alarms(watch, now);
        Claim claim = Claim.of(archive).orElse(null);
        String archiver = alarms.archiver(claim);
        alarms.spool(claim);
        Optional<TimelineListing> listing = archive.newest();
        if (listing.isEmpty()) {
            alarms.add("nothing is archived yet");
            return new ArchiveStatus(0, source.at(), null, log.bytesAfter(log.oldest(), 0), Duration.ZERO, null,
                    List.of(), source.expiry(), source.room(), false, null, archiver, alarms.all(), true);
        }
        int timeline = listing.get().timeline();
        List<BinlogName> files = listing.get().files();
        FileManifest newest = archive.present(timeline, files.get(files.size() - 1));
        long bytes = log.bytesAfter(newest.file(), newest.size());
        Instant complete = bytes == 0 ? now : complete(archive, listing.get(), newest);
        Duration lag = Duration.between(complete, now);
        lag = lag.isNegative() ? Duration.ZERO : lag;
        boolean overtaken = !newest.closed() && !log.has(newest.file())
                || newest.closed() && log.oldest().compareTo(newest.next()) > 0
                || source.identity().contradicts(newest.server());
        List<Gap> gaps = findGaps(archive, listing.get());
        boolean known = timeline == 1;
        if (!gaps.isEmpty() || timeline > 1) {
            Acceptance accepted = Acceptance.of(archive);
            gaps = gaps.stream().filter(gap -> !accepted.gaps().contains(gap.key())).toList();
            known = known || accepted.timelines().contains(timeline);
        }
        alarms.timeline(timeline, known);
        alarms.gaps(gaps);
        alarms.lag(bytes, lag);
        return new ArchiveStatus(timeline, source.at(), BinlogPosition.of(newest.file().toString(), newest.size()),
                bytes, lag, oldest(archive, timeline, files.get(0), claim), gaps.stream().map(Gap::toString).toList(),
                source.expiry(), source.room(), overtaken, complete, archiver, alarms.all(), known);
    }

    private static Instant complete(Archive archive, TimelineListing listing, FileManifest newest) throws IOException {
        Instant known = listing.saysComplete()
                ? archive.complete(listing.timeline()).map(Completeness::until).orElse(newest.last())
                : newest.last();
        return known.isAfter(newest.last()) ? known : newest.last();
    }

    private static Instant oldest(Archive archive, int timeline, BinlogName file, Claim claim) throws IOException {
        Claim.Oldest told = claim == null ? null : claim.oldest();
        return told != null && told.timeline() == timeline && told.file().equals(file)
                ? told.first()
                : archive.present(timeline, file).first();
    }

    static List<String> gaps(Archive archive, TimelineListing listing) throws IOException {
        return findGaps(archive, listing).stream().map(Gap::toString).toList();
    }

    static List<Gap> findGaps(Archive archive, TimelineListing listing) throws IOException {
        List<Gap> gaps = new ArrayList<>();
        List<BinlogName> files = listing.files();
        for (int i = 0; i + 1 < files.size(); i++) {
            if (listing.surelyClosed(files.get(i)) && files.get(i).next().equals(files.get(i + 1))) {
                continue;
            }
            FileManifest file = archive.present(listing.timeline(), files.get(i));
            FileManifest next = archive.present(listing.timeline(), files.get(i + 1));
            boolean there = listing.hasBytes(file.file());
            if (!there || !file.closed() || !file.next().equals(next.file())) {
                gaps.add(new Gap(listing.timeline(), file.file(), there ? file.size() : 0,
                        there ? file.last() : file.first(), next.file(), next.first()));
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

    /** Nothing alarms, and the server will not soon remove what is not archived. */
    public boolean healthy() {
        return alarms.isEmpty() && !overtaken && purgePercent() < ALARMING_PERCENT;
    }

    /** Whether no restore leads across a gap, or from an older timeline, and nobody has accepted that. */
    public boolean isBroken() {
        return !gaps.isEmpty() || !accepted;
    }

    public String json() {
        return Json.line(json -> {
            json.writeNumberField("timeline", timeline);
            json.writeStringField("server", server.toString());
            json.writeStringField("archived", archived == null ? null : archived.toString());
            json.writeNumberField("lag_bytes", lagBytes);
            json.writeNumberField("lag_seconds", lag.toSeconds());
            json.writeStringField("complete_until", complete == null ? null : complete.toString());
            json.writeStringField("oldest", oldest == null ? null : oldest.toString());
            Json.strings(json, "gaps", gaps);
            json.writeNumberField("server_keeps_seconds", expiry.toSeconds());
            json.writeNumberField("server_keeps_bytes", room);
            json.writeNumberField("purge_percent", purgePercent());
            json.writeBooleanField("overtaken", overtaken);
            json.writeStringField("archiver", archiver);
            Json.strings(json, "alarms", alarms);
            json.writeBooleanField("healthy", healthy());
        });
    }
}
