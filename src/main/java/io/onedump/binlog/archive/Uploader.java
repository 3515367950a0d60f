package io.onedump.binlog.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.onedump.artifact.CleanLog;
import io.onedump.binlog.event.BinlogName;
import org.slf4j.Logger;

/**
 * Brings what is on local disk to the storage, and removes it here once it is there. What it does follows from what it
 * finds in both places, so it goes on after a crash at any moment. Not for use by several threads.
 */
final class Uploader {

    private static final Logger LOG = CleanLog.of(Uploader.class);

    private final Path staging;
    private final Archive archive;
    private final UploadSettings settings;
    private final Consumer<FileManifest> stored;
    private final PieceMaker pieces;
    private final Map<Path, FileManifest> known = new HashMap<>();
    private final Map<BinlogName, String> failures = new LinkedHashMap<>();
    private long lastSegment = System.nanoTime();
    private BinlogName segmented;
    private long segmentedUntil;
    private int files;
    private long bytes;

    Uploader(Path staging, Archive archive, UploadSettings settings, Consumer<FileManifest> stored) {
        this.staging = staging;
        this.archive = archive;
        this.settings = settings;
        this.stored = stored;
        this.pieces = new PieceMaker(archive, settings, staging);
    }

    /**
     * Uploads everything that is due. A file that cannot be uploaded does not keep the others from it.
     *
     * @param progress of the file being written, or null
     * @param all      whether what was written to the open file goes too, however little and young it is
     * @return whether everything went well; {@link #failures()} says what did not
     */
    boolean upload(StagedProgress progress, boolean all) throws IOException {
        failures.clear();
        segmented = null;
        for (StagingFolder folder : StagingFolder.all(staging)) {
            for (BinlogName file : folder.closed()) {
                attempt(file, () -> storeWhole(folder, file));
            }
            for (BinlogName file : folder.cuts()) {
                attempt(file, () -> storeCut(folder, file));
            }
            if (progress != null && progress.isOf(folder.timeline()) && Files.exists(folder.part(progress.file()))) {
                attempt(progress.file(), () -> storeSegment(folder, progress, all));
            }
        }
        return failures.isEmpty();
    }

    /** Why files could not be uploaded, as of the last attempt. */
    Map<BinlogName, String> failures() {
        return Map.copyOf(failures);
    }

    /** How far a file that is being written is stored, as of the last attempt; -1 for all that are not. */
    long storedUntil(BinlogName file) {
        return file.equals(segmented) ? segmentedUntil : -1;
    }

    /** Files that have become whole in the storage. */
    int files() {
        return files;
    }

    /** Bytes of binlog, before compression, that were stored. */
    long bytes() {
        return bytes;
    }

    private void attempt(BinlogName file, Upload upload) {
        try {
            upload.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} could not be stored and stays on local disk: {}", file, e.toString());
            failures.put(file, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void storeWhole(StagingFolder folder, BinlogName file) throws IOException {
        Path local = folder.closed(file);
        FileScan scan = FileScan.of(file, local);
        if (scan.problem() != null) {
            throw new IOException("the copy on local disk is broken: " + scan.problem().getMessage(), scan.problem());
        }
        Optional<FileManifest> before = manifest(folder, file);
        refuseToOverwrite(before, scan.formatDigest());
        FileManifest manifest = before.orElse(null);
        if (manifest == null || !manifest.closed()) {
            String object = ArchiveNames.whole(file, settings.compression());
            Piece whole = pieces.store(folder.timeline(), object, local, 0, scan.good());
            manifest = new FileManifest(file, FileManifest.State.CLOSED, folder.server(), scan.server(),
                    scan.formatDigest(), scan.first(), scan.last(), successor(folder, scan), List.of(whole));
            archive.put(folder.timeline(), manifest);
            stored.accept(manifest);
            files++;
            bytes += scan.good() - before.map(FileManifest::size).orElse(0L);
            LOG.info("{} stored: {} bytes as {}", file, scan.good(), whole.size());
        }
        archive.discardParts(folder.timeline(), manifest);
        known.remove(local);
        Files.delete(local);
    }

    /**
     * What the file's last event names; after a crash of the server there is none, but the file streamed next is here.
     */
    private static BinlogName successor(StagingFolder folder, FileScan scan) throws IOException {
        if (scan.next() != null) {
            return scan.next();
        }
        return Stream.concat(folder.parts().stream(), folder.closed().stream())
                .filter(other -> other.compareTo(scan.file()) > 0).sorted().findFirst()
                .orElseThrow(() -> new IOException("no file follows it on local disk"));
    }

    private void storeCut(StagingFolder folder, BinlogName file) throws IOException {
        Path local = folder.cut(file);
        FileScan scan = FileScan.of(file, local);
        if (scan.format() != null) {
            Optional<FileManifest> before = manifest(folder, file);
            refuseToOverwrite(before, scan.formatDigest());
            FileManifest open =
                    before.orElseGet(() -> begin(folder, file, scan.server(), scan.formatDigest(), scan.first()));
            FileManifest cut = compact(folder, extend(folder, open, local, scan.good(), scan.last()), local).cut();
            archive.put(folder.timeline(), cut);
            archive.discardParts(folder.timeline(), cut);
        }
        known.remove(folder.closed(file));
        Files.delete(local);
    }

    /**
     * Whether there is enough of the file being written to store a piece of it, as far as can be said without a look at
     * disk or storage.
     *
     * @param progress of that file, or null
     */
    boolean due(StagedProgress progress) {
        return progress != null
                && (!progress.file().equals(segmented) || due(progress.offset() - segmentedUntil, false));
    }

    private boolean due(long waiting, boolean all) {
        return waiting > 0 && (all || waiting >= settings.segmentBytes()
                || System.nanoTime() - lastSegment >= settings.segmentEvery().toNanos());
    }

    private void storeSegment(StagingFolder folder, StagedProgress progress, boolean all) throws IOException {
        FileManifest open = open(folder, progress);
        refuseToOverwrite(Optional.of(open), progress.format());
        segmented = progress.file();
        segmentedUntil = open.size();
        if (!due(progress.offset() - open.size(), all)) {
            return;
        }
        lastSegment = System.nanoTime();
        try {
            Path local = folder.part(progress.file());
            FileManifest more = extend(folder, open, local, progress.offset(), progress.last());
            keep(folder, more);
            segmentedUntil = more.size();
            FileManifest compacted = compact(folder, more, local);
            if (compacted != more) {
                keep(folder, compacted);
                archive.discardParts(folder.timeline(), compacted);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} was closed meanwhile and goes as a whole", progress.file());
        }
    }

    /** What the archive has of the file being written, looked up once; what a crash left beside it goes. */
    private FileManifest open(StagingFolder folder, StagedProgress progress) throws IOException {
        FileManifest cached = known.get(folder.closed(progress.file()));
        if (cached != null) {
            return cached;
        }
        Optional<FileManifest> before = archive.manifest(folder.timeline(), progress.file());
        if (before.isPresent()) {
            archive.discardParts(folder.timeline(), before.get());
        }
        FileManifest open = before.orElseGet(
                () -> begin(folder, progress.file(), progress.server(), progress.format(), progress.first()));
        known.put(folder.closed(progress.file()), open);
        return open;
    }

    private void keep(StagingFolder folder, FileManifest open) throws IOException {
        archive.put(folder.timeline(), open);
        known.put(folder.closed(open.file()), open);
    }

    private static FileManifest begin(StagingFolder folder, BinlogName file, String version, String format,
            Instant first) {
        return new FileManifest(file, FileManifest.State.OPEN, folder.server(), version, format, first, first, null,
                List.of());
    }

    private FileManifest extend(StagingFolder folder, FileManifest open, Path local, long end, Instant newest)
            throws IOException {
        if (end <= open.size()) {
            return open;
        }
        Piece piece = store(folder, open.file(), local, open.size(), end);
        bytes += piece.end() - piece.start();
        return open.with(piece, newest);
    }

    /**
     * Merges pieces that have piled up, from local disk, which has the whole file. The manifest is not stored yet;
     * until it is, the pieces it no longer names must stay.
     *
     * @return the same manifest when there is nothing to merge
     */
    private FileManifest compact(StagingFolder folder, FileManifest open, Path local) throws IOException {
        List<Compaction.Merge> merges = Compaction.of(open.pieces());
        if (merges.isEmpty()) {
            return open;
        }
        List<Piece> compacted = new ArrayList<>(open.pieces());
        // The last first: the places of the others stay as they are.
        for (int i = merges.size() - 1; i >= 0; i--) {
            List<Piece> merged = compacted.subList(merges.get(i).from(), merges.get(i).to());
            Piece one = store(folder, open.file(), local, merged.get(0).start(), merged.get(merged.size() - 1).end());
            merged.clear();
            merged.add(one);
        }
        LOG.debug("{}: {} pieces are {} now", open.file(), open.pieces().size(), compacted.size());
        return open.in(compacted);
    }

    private Piece store(StagingFolder folder, BinlogName file, Path local, long start, long end) throws IOException {
        return pieces.store(folder.timeline(), ArchiveNames.part(file, start, end, settings.compression()), local,
                start, end);
    }

    private Optional<FileManifest> manifest(StagingFolder folder, BinlogName file) throws IOException {
        FileManifest cached = known.get(folder.closed(file));
        return cached != null ? Optional.of(cached) : archive.manifest(folder.timeline(), file);
    }

    private static void refuseToOverwrite(Optional<FileManifest> before, String format) throws IOException {
        if (before.isPresent() && !before.get().format().equals(format)) {
            throw new IOException("the archive has another file of this name, which is not overwritten");
        }
    }

    private interface Upload {
        void run() throws IOException;
    }
}
