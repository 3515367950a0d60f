package io.onedump.binlog.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.CleanLog;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.source.BinlogStream;
import io.onedump.binlog.source.EventSink;
import io.onedump.binlog.source.ServerLog;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.MySqlSession;
import org.slf4j.Logger;

/**
 * Brings back what somebody or something has removed from an archive's middle, a file or its manifest, while the server
 * still has it. What cannot be brought back stays a gap, and holds nothing else up.
 */
final class Refetch {

    private static final Logger LOG = CleanLog.of(Refetch.class);

    private final ArchiveSettings settings;
    private final Archive archive;

    Refetch(ArchiveSettings settings, Archive archive) {
        this.settings = settings;
        this.archive = archive;
    }

    /** @param resumption where archiving goes on: what comes from there on is not missing */
    void run(Resumption resumption) {
        try {
            int timeline = resumption.folder().timeline();
            Optional<TimelineListing> listing = archive.newest().filter(newest -> newest.timeline() == timeline);
            if (listing.isEmpty()) {
                return;
            }
            BinlogName until = BinlogName.parse(resumption.from().file());
            for (BinlogName file : missing(resumption.folder(), listing.get(), until)) {
                fetch(resumption.folder(), file);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("what is missing in the archive could not be looked for, or not be fetched again: {}",
                    e.toString());
        }
    }

    private List<BinlogName> missing(StagingFolder folder, TimelineListing listing, BinlogName until)
            throws IOException {
        List<BinlogName> described = listing.files();
        BinlogName first = described.get(0);
        BinlogName last = described.get(described.size() - 1);
        boolean hole = described.stream().anyMatch(file -> !listing.hasBytes(file))
                || last.number() - first.number() + 1 != described.size();
        if (!hole) {
            return List.of();
        }
        List<BinlogName> local = List.copyOf(folder.closed());
        ServerLog log;
        try (MySqlSession session = MySqlSession.connect(settings.source().server())) {
            log = ServerLog.of(session);
        }
        return log.files().stream().map(ServerLog.File::name)
                .filter(file -> file.compareTo(first) >= 0 && file.compareTo(last) <= 0 && file.compareTo(until) < 0)
                .filter(file -> !described.contains(file) || !listing.hasBytes(file))
                .filter(file -> !local.contains(file)).toList();
    }

    private void fetch(StagingFolder of, BinlogName file) throws IOException {
        LOG.warn("{} is missing in the archive and is fetched from the server again", file);
        Path root = settings.staging().resolve("refetch");
        for (StagingFolder left : StagingFolder.all(root)) {
            left.remove();
        }
        StagingFolder folder = StagingFolder.create(root, of.timeline(), of.server());
        try (StagingWriter writer = new StagingWriter(folder, () -> {
        }); BinlogStream stream = BinlogStream.open(settings.source(), BinlogPosition.of(file.toString(), 4), false)) {
            stream.copyTo(new OneFile(writer, file));
        } catch (OneFile.Whole e) {
            store(of.timeline(), folder, file);
        } finally {
            folder.remove();
        }
    }

    private void store(int timeline, StagingFolder folder, BinlogName file) throws IOException {
        Path local = folder.closed(file);
        FileScan scan = FileScan.of(file, local);
        if (scan.problem() != null) {
            throw scan.problem();
        }
        Optional<FileManifest> before = archive.manifest(timeline, file);
        if (before.isPresent() && !before.get().format().equals(scan.formatDigest())) {
            throw new IOException(file + " on the server is not the one that is archived");
        }
        PieceMaker pieces = new PieceMaker(archive, settings.upload(), settings.staging().resolve("refetch"));
        Piece whole = pieces.store(timeline, ArchiveNames.whole(file, settings.upload().compression()), local, 0,
                scan.good());
        FileManifest manifest = new FileManifest(file, FileManifest.State.CLOSED, folder.server(), scan.server(),
                scan.formatDigest(), scan.first(), scan.last(), scan.next() == null ? file.next() : scan.next(),
                List.of(whole));
        archive.put(timeline, manifest);
        LOG.info("{} is in the archive again", file);
    }

    /** Ends the stream when the first file is whole. */
    private record OneFile(StagingWriter writer, BinlogName name) implements EventSink {

        @Override
        public void part(byte[] bytes, int from, int to, boolean first, boolean last) throws IOException {
            writer.part(bytes, from, to, first, last);
            if (writer.file() != null && !writer.file().equals(name.toString())) {
                throw new Whole();
            }
        }

        @Override
        public void idle() throws IOException {
            writer.idle();
        }

        @Override
        public void sync() throws IOException {
            writer.sync();
        }

        @Override
        public String file() {
            return writer.file();
        }

        @Override
        public long offset() {
            return writer.offset();
        }

        /** The next file has begun. */
        private static final class Whole extends IOException {
            private static final long serialVersionUID = 1;
        }
    }
}
