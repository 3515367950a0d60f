package io.onedump.binlog.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.PrivateFolder;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.source.EventProbe;
import io.onedump.binlog.source.ServerClock;
import io.onedump.binlog.source.ServerIdentity;
import io.onedump.binlog.source.ServerLog;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import org.slf4j.Logger;

/**
 * Finds out where to go on, from what is on local disk, in the storage and on the server. A server that is not the one
 * the archive was made from, or that has lost what the archive has, begins a new timeline: nothing is ever overwritten.
 */
final class ResumePlan {

    private static final Logger LOG = CleanLog.of(ResumePlan.class);

    private final ArchiveSettings settings;
    private final Archive archive;
    private final Ownership ownership;
    private final BinlogName unsendable;
    private boolean foreign;

    /** @param unsendable the newest file that the server has said it no longer sends, or null */
    ResumePlan(ArchiveSettings settings, Archive archive, Ownership ownership, BinlogName unsendable) {
        this.unsendable = unsendable;
        this.settings = settings;
        this.archive = archive;
        this.ownership = ownership;
    }

    Resumption make() throws IOException {
        ServerIdentity server;
        ServerLog log;
        ServerClock clock;
        try (MySqlSession session = MySqlSession.connect(settings.source().server())) {
            clock = ServerClock.of(session).orElse(null);
            server = ServerIdentity.of(session);
            log = unsendable == null ? ServerLog.of(session) : ServerLog.of(session).after(unsendable);
        }
        foreign = isForeign();
        Resumption resumption = plan(server, log).at(clock);
        claim(server);
        return resumption;
    }

    /** Whether the archive is another's. With a storage that is away the spool folder tells that it was ours. */
    private boolean isForeign() throws IOException {
        try {
            return ownership.ask() == Ownership.Standing.INHERITED;
        } catch (ForeignArchiveException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (StagingFolder.all(settings.staging()).isEmpty()) {
                throw e;
            }
            LOG.warn("whose the archive is cannot be seen now: {}", e.toString());
            return false;
        }
    }

    private void claim(ServerIdentity server) {
        try {
            ownership.take(server.id());
        } catch (IOException | RuntimeException e) {
            // Without it nothing is uploaded, and the next try to upload asks again.
            LOG.warn("the archive cannot be told now who archives: {}", e.toString());
        }
    }

    private Resumption plan(ServerIdentity server, ServerLog log) throws IOException {
        Optional<StagingFolder> folder = newestFolder(server);
        if (folder.isEmpty()) {
            return begin(1, server, log);
        }
        if (server.contradicts(folder.get().server())) {
            return leave(folder.get(), "the server is another one: it says that it is " + server.id() + ", not "
                    + folder.get().server(), server, log);
        }
        if (settings.beginning() != null && !archive.files(folder.get().timeline()).isEmpty()) {
            LOG.warn("--since {} has no effect: the archive has begun, and goes on where it ended",
                    settings.beginning());
        }
        Optional<FileScan> scan = folder.get().recover();
        if (scan.isEmpty()) {
            scan = rebuild(folder.get());
        }
        return scan.isEmpty()
                ? afterNewest(folder.get(), server, log)
                : afterPart(folder.get(), scan.get(), server, log);
    }

    /** On local disk, or else made there for what the storage has. */
    private Optional<StagingFolder> newestFolder(ServerIdentity server) throws IOException {
        List<StagingFolder> local = StagingFolder.all(settings.staging());
        if (!local.isEmpty()) {
            StagingFolder newest = local.get(local.size() - 1);
            int stored = foreign ? archive.newestTimeline().orElse(0) : 0;
            if (stored > newest.timeline()) {
                throw foreign("it has come to timeline " + stored + ", this job knows timeline " + newest.timeline());
            }
            return Optional.of(newest);
        }
        OptionalInt timeline = archive.newestTimeline();
        if (timeline.isEmpty()) {
            requireNoneAround(server);
            return Optional.empty();
        }
        FileManifest newest = newest(timeline.getAsInt());
        if (foreign && server.contradicts(newest.server())) {
            throw foreign("it is of server " + newest.server() + ", this one is " + server.id());
        }
        return Optional.of(StagingFolder.create(settings.staging(), timeline.getAsInt(), newest.server()));
    }

    /** Older versions left a storage's path out, so that this server's archive may lie beside its folder. */
    private void requireNoneAround(ServerIdentity server) throws IOException {
        Optional<Archive> around = archive.around();
        OptionalInt timeline = around.isEmpty() ? OptionalInt.empty() : around.get().newestTimeline();
        if (timeline.isEmpty()) {
            return;
        }
        String other = newest(around.get(), timeline.getAsInt()).server();
        if (!other.isEmpty() && other.equals(server.id())) {
            throw new ForeignArchiveException("this server's archive lies in the storage's own folder, not in its path:"
                    + " move all of its timeline-* folders into path, or leave path out to go on where they are");
        }
    }

    private FileManifest newest(int timeline) throws IOException {
        return newest(archive, timeline);
    }

    private static FileManifest newest(Archive archive, int timeline) throws IOException {
        List<BinlogName> files = archive.files(timeline);
        return archive.manifest(timeline, files.get(files.size() - 1)).orElseThrow();
    }

    /** Brings the open file back from the storage, for an archiver whose local disk was lost. */
    private Optional<FileScan> rebuild(StagingFolder folder) throws IOException {
        if (archive.files(folder.timeline()).isEmpty()) {
            return Optional.empty();
        }
        FileManifest newest = newest(folder.timeline());
        if (newest.state() != FileManifest.State.OPEN) {
            return Optional.empty();
        }
        LOG.info("bringing {} back from the storage: it is not on local disk", newest.file());
        Files.deleteIfExists(folder.part(newest.file()));
        try (InputStream stored = archive.open(folder.timeline(), newest);
                FileChannel part = FileChannel.open(folder.part(newest.file()),
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFolder.ownFile())) {
            stored.transferTo(Channels.newOutputStream(part));
        }
        return folder.recover();
    }

    private Resumption begin(int timeline, ServerIdentity server, ServerLog log) throws IOException {
        StagingFolder folder = StagingFolder.create(settings.staging(), timeline, server.id());
        return from(folder,
                settings.beginning() == null ? log.oldest() : settings.beginning().file(settings.source(), log), null);
    }

    private Resumption leave(StagingFolder folder, String reason, ServerIdentity server, ServerLog log)
            throws IOException {
        if (foreign) {
            folder.remove();
            throw foreign(reason);
        }
        LOG.error("{}; a new timeline begins, the old one is kept. No restore crosses that: make a new full backup now",
                reason);
        for (BinlogName file : folder.parts()) {
            folder.cutOff(file);
        }
        return begin(Math.max(folder.timeline(), archive.newestTimeline().orElse(0)) + 1, server, log).because(reason);
    }

    private static ForeignArchiveException foreign(String reason) {
        return new ForeignArchiveException("the archive in that place is another server's or another archiver's: "
                + reason + ". Nothing was stored. Give each archive a place of its own; if this job is to go on with"
                + " that one, type 'onedump binlog accept-gap --take-over' for it");
    }

    /** Nothing is open: everything the storage has is whole, or never will be. */
    private Resumption afterNewest(StagingFolder folder, ServerIdentity server, ServerLog log) throws IOException {
        if (archive.files(folder.timeline()).isEmpty()) {
            return begin(folder.timeline(), server, log);
        }
        FileManifest newest = newest(folder.timeline());
        if (isAnother(newest.file(), newest.format(), newest.size(), log)) {
            return leave(folder, newest.file() + " on the server is not the one that is archived", server, log);
        }
        BinlogName next = newest.closed() ? newest.next() : newest.file().next();
        return next(folder, newest.file(), newest.closed() ? next : null, server, log);
    }

    private Resumption afterPart(StagingFolder folder, FileScan scan, ServerIdentity server, ServerLog log)
            throws IOException {
        if (log.has(scan.file())) {
            if (isAnother(scan.file(), scan.formatDigest(), scan.good(), log) || endsDifferently(folder, scan)) {
                return leave(folder, scan.file() + " on the server is not the one that is archived, or"
                        + " shorter", server, log);
            }
            long offset = Math.max(scan.good(), EventReader.MAGIC_LENGTH);
            if (offset > 0xffffffffL) {
                // The protocol cannot start there, so the whole file comes again.
                Files.delete(folder.part(scan.file()));
                return from(folder, scan.file(), null);
            }
            return new Resumption(folder, scan, BinlogPosition.of(scan.file().toString(), offset), null, null, null);
        }
        if (unsendable != null && isBare(scan)) {
            Files.delete(folder.part(scan.file()));
            archive.remove(folder.timeline(), scan.file(), archive.objects());
            return afterNewest(folder, server, log);
        }
        if (scan.next() != null) {
            folder.close(scan.file());
        } else {
            folder.cutOff(scan.file());
        }
        return next(folder, scan.file(), scan.next(), server, log);
    }

    /** Whether a file has nothing but what says how to read it. */
    private static boolean isBare(FileScan scan) {
        return scan.format() == null || scan.tail() <= EventReader.MAGIC_LENGTH + scan.format().length;
    }

    /** @param successor of {@code last}, when all of {@code last} is archived, else null */
    private Resumption next(StagingFolder folder, BinlogName last, BinlogName successor, ServerIdentity server,
            ServerLog log)
            throws IOException {
        if (!log.oldest().base().equals(last.base()) || log.newest().compareTo(last) < 0) {
            return leave(folder, "the server's newest file is " + log.newest() + ", the archive has"
                    + " " + last, server, log);
        }
        if (successor != null && log.has(successor)) {
            return from(folder, successor, null);
        }
        String gap = "GAP: " + (unsendable == null
                ? "the server removed what came after " + last + " before it was archived; its oldest file is "
                        + log.oldest()
                : "the server has moved to GTIDs and no longer sends the anonymous transactions that came after "
                        + last)
                + ". No moment in between can be restored: make a new full backup now";
        BinlogName resumeAt = log.files().stream().map(ServerLog.File::name).filter(name -> name.compareTo(last) > 0)
                .findFirst().orElse(log.oldest());
        return from(folder, resumeAt, gap);
    }

    private boolean isAnother(BinlogName file, String format, long size, ServerLog log) throws IOException {
        Optional<ServerLog.File> there = log.files().stream().filter(other -> other.name().equals(file)).findFirst();
        if (there.isEmpty() || format.isEmpty()) {
            return false;
        }
        return there.get().size() < size
                || !FileScan.digest(EventProbe.fetch(settings.source(), file, EventReader.MAGIC_LENGTH)).equals(format);
    }

    /**
     * Whether the newest event we have is not what the server has there: two logs that were begun within one second
     * have the same first event.
     */
    private boolean endsDifferently(StagingFolder folder, FileScan scan) throws IOException {
        if (scan.tail() <= EventReader.MAGIC_LENGTH) {
            return false;
        }
        byte[] local = new byte[(int) Math.min(scan.good() - scan.tail(), EventProbe.LONGEST)];
        try (RandomAccessFile part = new RandomAccessFile(folder.part(scan.file()).toFile(), "r")) {
            part.seek(scan.tail());
            part.readFully(local);
        }
        try {
            return !Arrays.equals(local, EventProbe.fetch(settings.source(), scan.file(), scan.tail()));
        } catch (MySqlException e) {
            if (e.code() != MySqlException.BINLOG_READ_ERROR) {
                throw e;
            }
            LOG.warn("{}:{} is not the start of an event on the server: {}", scan.file(), scan.tail(), e.getMessage());
            return true;
        }
    }

    private static Resumption from(StagingFolder folder, BinlogName file, String gap) {
        return new Resumption(folder, null, BinlogPosition.of(file.toString(), EventReader.MAGIC_LENGTH), gap, null,
                null);
    }
}
