package io.onedump.binlog.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Digest;
import io.onedump.artifact.Hasher;
import io.onedump.artifact.PrivateFolder;
import io.onedump.binlog.event.BinlogName;
import org.slf4j.Logger;

/**
 * Archives binlog files from a folder where something else copies them to. What is archived already is left alone, by
 * its size, its time and, where the time has changed, its SHA-256; the file with the highest number may still grow and
 * waits for the next.
 */
public final class FolderSync {

    private static final Logger LOG = CleanLog.of(FolderSync.class);

    private final Path source;
    private final Archive archive;
    private final PieceMaker pieces;
    private final UploadSettings settings;
    private final Clock clock;
    private final Path staging;
    private final Ownership ownership;
    private final ChecksumState state;
    private final List<String> sourceErrors = new ArrayList<>();
    private final List<String> storageErrors = new ArrayList<>();
    private int files;
    private long bytes;

    /** @param staging folder on local disk for temporary files and the state; nobody else may use it */
    public FolderSync(Path source, Path staging, UploadSettings settings, ArchiveStore store, Clock clock)
            throws IOException {
        this.source = source;
        this.archive = new Archive(store);
        this.settings = settings;
        this.pieces = new PieceMaker(archive, settings, PrivateFolder.make(staging));
        this.clock = clock;
        this.staging = staging;
        this.ownership = new Ownership(archive, staging, source.toString(), clock);
        this.state = ChecksumState.load(staging);
    }

    /**
     * Stores what is new. A file that cannot be stored does not keep the others from it.
     *
     * @param since a new archive begins with the file that holds this moment; null for the oldest
     * @param until files that begin at this moment or later are left for another run; null for none
     */
    public ArchiveRun run(Instant since, Instant until) throws IOException {
        return run(since, until, false);
    }

    /** @param last whether the file with the highest number is taken too, because its server is gone */
    public ArchiveRun run(Instant since, Instant until, boolean last) throws IOException {
        List<BinlogName> names = names(source);
        try {
            requireOwn(names);
            ownership.take("");
        } catch (ForeignArchiveException e) {
            sourceErrors.add(e.getMessage());
            return new ArchiveRun(clock.instant(), 0, 0, sourceErrors, storageErrors);
        }
        OptionalInt newest = archive.newestTimeline();
        if (since != null && newest.isPresent()) {
            LOG.warn("--since {} has no effect: the archive has begun", since);
        }
        store(names, newest, since, until);
        if (last && !names.isEmpty()) {
            takeLast(newest.orElse(1), names.get(names.size() - 1));
        }
        state.save();
        ArchiveRun run = new ArchiveRun(clock.instant(), files, bytes, sourceErrors, storageErrors);
        ownership.end(Claim.State.ENDED, String.join("; ", run.errors()));
        return run;
    }

    /** An archive that another made may be gone on with only where it holds files of this folder. */
    private void requireOwn(List<BinlogName> names) throws IOException {
        if (Files.exists(staging.resolve(ChecksumState.FILE)) && Claim.of(archive).isEmpty()
                || ownership.ask() == Ownership.Standing.OWN) {
            return;
        }
        OptionalInt timeline = archive.newestTimeline();
        for (BinlogName name : names) {
            Optional<FileManifest> stored = archive.manifest(timeline.orElse(1), name);
            if (stored.isPresent() && stored.get().format().equals(
                    FileScan.of(name, source.resolve(name.toString())).formatDigest())) {
                return;
            }
        }
        throw new ForeignArchiveException("the archive in that place is another's: it has no file of " + source
                + ". Nothing was stored. Give each archive a place of its own; if this job is to go on with that one,"
                + " type 'onedump binlog accept-gap --take-over' for it");
    }

    private void store(List<BinlogName> names, OptionalInt newest, Instant since, Instant until) throws IOException {
        for (int i = 0; i < names.size(); i++) {
            BinlogName name = names.get(i);
            if (i + 1 == names.size() && !endsAsWhole(name, source)) {
                break;
            }
            try {
                Local local = read(name);
                if (local != null && (until == null || local.scan().first().isBefore(until))
                        && (since == null || newest.isPresent() || files > 0 || !local.scan().last().isBefore(since))) {
                    take(newest.orElse(1), local, i + 1 < names.size() ? names.get(i + 1) : local.scan().next());
                }
            } catch (IOException e) {
                sourceErrors.add(name + ": " + e.getMessage());
            }
        }
    }

    /** What there is of the last file of a server that is gone: to its last good event, and nothing follows. */
    private void takeLast(int timeline, BinlogName name) throws IOException {
        FileScan scan = FileScan.of(name, source.resolve(name.toString()));
        Optional<FileManifest> before = archive.manifest(timeline, name);
        if (scan.format() == null || before.isPresent() && before.get().size() >= scan.good()) {
            return;
        }
        if (before.isPresent() && !before.get().format().equals(scan.formatDigest())) {
            sourceErrors.add(name + ": the archive has another file of this name, which is not overwritten");
            return;
        }
        try {
            store(timeline, scan, scan.next());
        } catch (IOException e) {
            storageErrors.add(name + ": " + e.getMessage());
        }
    }

    /** Whether a file ends as its server ends a file that it writes no more. */
    static boolean endsAsWhole(BinlogName name, Path folder) throws IOException {
        FileScan scan = FileScan.of(name, folder.resolve(name.toString()));
        return scan.problem() == null && scan.next() != null;
    }

    /** The binlog files of a folder, oldest first. */
    static List<BinlogName> names(Path source) throws IOException {
        try (Stream<Path> entries = Files.list(source)) {
            return entries.map(file -> file.getFileName().toString()).filter(BinlogName::matches).map(BinlogName::parse)
                    .sorted().toList();
        } catch (NoSuchFileException e) {
            throw new IOException("the folder " + source + " does not exist; binlog files are to be copied there", e);
        }
    }

    /** @return null when the file is as it was when it was archived */
    private Local read(BinlogName name) throws IOException {
        Path file = source.resolve(name.toString());
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        Optional<ChecksumState.Entry> before = state.of(name);
        if (before.isPresent() && before.get().size() == now.size()
                && before.get().modified().equals(now.lastModifiedTime().toInstant())) {
            return null;
        }
        Digest digest = Hasher.of(Files.newInputStream(file));
        if (before.isPresent() && !before.get().sha256().equals(digest.sha256())) {
            throw new IOException(
                    "the file has changed since it was archived: it has SHA-256 " + digest.sha256() + ", had "
                            + before.get().sha256());
        }
        FileScan scan = FileScan.of(name, file);
        if (scan.problem() != null) {
            throw new IOException("the file is broken: " + scan.problem().getMessage(), scan.problem());
        }
        return new Local(scan,
                new ChecksumState.Entry(digest.sha256(), now.size(), now.lastModifiedTime().toInstant()));
    }

    private void take(int timeline, Local local, BinlogName following) throws IOException {
        FileScan scan = local.scan();
        try {
            Optional<FileManifest> before = archive.manifest(timeline, scan.file());
            if (before.isPresent() && !before.get().format().equals(scan.formatDigest())) {
                sourceErrors.add(scan.file() + ": the archive has another file of this name, which is not overwritten");
                return;
            }
            if (before.isEmpty() || before.get().size() != scan.good()) {
                store(timeline, scan, scan.next() == null ? following : scan.next());
            }
        } catch (IOException e) {
            storageErrors.add(scan.file() + ": " + e.getMessage());
            return;
        }
        state.put(scan.file(), local.entry());
    }

    private void store(int timeline, FileScan scan, BinlogName next) throws IOException {
        String object = next == null
                ? ArchiveNames.part(scan.file(), 0, scan.good(), settings.compression())
                : ArchiveNames.whole(scan.file(), settings.compression());
        Piece whole = pieces.store(timeline, object, source.resolve(scan.file().toString()), 0, scan.good());
        archive.put(timeline, new FileManifest(scan.file(),
                next == null ? FileManifest.State.CUT : FileManifest.State.CLOSED, "", scan.server(),
                scan.formatDigest(), scan.first(), scan.last(), next, List.of(whole)));
        files++;
        bytes += scan.good();
        LOG.info("{} stored: {} bytes as {}", scan.file(), scan.good(), whole.size());
    }

    /** A file that was read whole. */
    private record Local(FileScan scan, ChecksumState.Entry entry) {
    }
}
