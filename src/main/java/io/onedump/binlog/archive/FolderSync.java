package io.onedump.binlog.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

import io.onedump.binlog.event.BinlogName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives binlog files from a folder where something else copies them to. What is archived already, by its first event
 * and its size, is left alone; the file with the highest number may still grow and waits for the next.
 */
public final class FolderSync {

    private static final Logger LOG = LoggerFactory.getLogger(FolderSync.class);

    private final Path source;
    private final Archive archive;
    private final PieceMaker pieces;
    private final UploadSettings settings;
    private final Clock clock;

    public FolderSync(Path source, ArchiveSettings settings, ArchiveStore store, Clock clock) throws IOException {
        this.source = source;
        this.archive = new Archive(store);
        this.settings = settings.upload();
        this.pieces = new PieceMaker(store, settings.upload(), Files.createDirectories(settings.spool()));
        this.clock = clock;
    }

    /** Stores what is new. A file that cannot be stored does not keep the others from it. */
    public SyncResult run() throws IOException {
        List<BinlogName> names = names();
        OptionalInt newest = archive.newestTimeline();
        int timeline = newest.orElse(1);
        List<String> sourceErrors = new ArrayList<>();
        List<String> storageErrors = new ArrayList<>();
        int files = 0;
        long bytes = 0;
        for (int i = 0; i + 1 < names.size(); i++) {
            try {
                FileScan scan = scan(names.get(i));
                if (isNew(timeline, scan)) {
                    store(timeline, scan, names.get(i + 1), storageErrors);
                    files++;
                    bytes += scan.good();
                }
            } catch (IOException e) {
                sourceErrors.add(names.get(i) + ": " + e.getMessage());
            }
        }
        return new SyncResult(clock.instant(), files - storageErrors.size(), bytes, sourceErrors, storageErrors);
    }

    private List<BinlogName> names() throws IOException {
        try (Stream<Path> files = Files.list(source)) {
            return files.map(file -> file.getFileName().toString()).filter(BinlogName::matches).map(BinlogName::parse)
                    .sorted().toList();
        }
    }

    private FileScan scan(BinlogName name) throws IOException {
        FileScan scan = FileScan.of(name, source.resolve(name.toString()));
        if (scan.problem() != null) {
            throw new IOException("the file is broken: " + scan.problem().getMessage(), scan.problem());
        }
        return scan;
    }

    private boolean isNew(int timeline, FileScan scan) throws IOException {
        Optional<FileManifest> before = archive.manifest(timeline, scan.file());
        if (before.isPresent() && !before.get().format().equals(scan.formatDigest())) {
            throw new IOException("the archive has another file of this name, which is not overwritten");
        }
        return before.isEmpty() || before.get().size() != scan.good();
    }

    private void store(int timeline, FileScan scan, BinlogName following, List<String> errors) {
        try {
            Piece whole = pieces.store(timeline, ArchiveNames.whole(scan.file(), settings.compression()),
                    source.resolve(scan.file().toString()), 0, scan.good());
            archive.put(timeline, new FileManifest(scan.file(), FileManifest.State.CLOSED, "", scan.server(),
                    scan.formatDigest(), scan.first(), scan.last(), scan.next() == null ? following : scan.next(), List.of(whole)));
            LOG.info("{} stored: {} bytes as {}", scan.file(), scan.good(), whole.size());
        } catch (IOException e) {
            errors.add(scan.file() + ": " + e.getMessage());
        }
    }
}
