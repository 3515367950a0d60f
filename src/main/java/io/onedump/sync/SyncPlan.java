package io.onedump.sync;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.onedump.artifact.Hasher;
import io.onedump.storage.StoredObject;
import io.onedump.sync.source.FirstOf;
import io.onedump.sync.source.SourceFile;
import io.onedump.sync.source.SourceFiles;
import io.onedump.sync.source.SourceScan;
import io.onedump.sync.source.SourceScan.Finding;
import io.onedump.sync.state.ProvedFile;
import io.onedump.sync.state.ProvedFiles;
import io.onedump.sync.state.StateStore;

/**
 * What is to be done with each file, found by going through both sides and the state store at once, all in the order of
 * the paths: nothing is kept in memory that grows with the number of files.
 */
final class SyncPlan implements Closeable {

    /** So many files are compared by their digests at a time. */
    private static final int BATCH = 10_000;

    private final SyncSettings settings;
    private final Destination destination;
    private final StateStore state;
    private final SourceList send;
    private final SortedFiles surplus;
    private final FirstOf<Finding> failures = new FirstOf<>();
    private final List<Doubt> doubtful = new ArrayList<>();
    private int unchanged;
    private int present;

    private record Doubt(SourceFile file, StoredObject there) {
    }

    SyncPlan(SyncSettings settings, Destination destination, StateStore state, SourceScan source,
            SortedFiles.Scratch scratch) {
        this.settings = settings;
        this.destination = destination;
        this.state = state;
        this.send = new SourceList(source, scratch, "sync-send");
        this.surplus = new SortedFiles(scratch, "sync-surplus");
    }

    /** Compares the two sides; what is proved by that is recorded unless this is a dry run. */
    void make(SourceList files, Listing there) throws IOException {
        try (SourceList.Cursor source = files.cursor();
                Listing.Cursor copies = there.cursor();
                Known known = new Known(state.proved(destination.location()))) {
            for (SourceFile file; (file = source.next()) != null;) {
                while (!copies.ended() && copies.sorted().compareTo(source.sorted()) < 0) {
                    surplus(copies);
                }
                boolean isThere = !copies.ended() && copies.sorted().compareTo(source.sorted()) == 0;
                judge(file, isThere ? copies.file() : null, known.of(file.path()));
                if (isThere) {
                    present++;
                    copies.next();
                }
            }
            while (!copies.ended()) {
                surplus(copies);
            }
        }
        compare();
    }

    /** What is new or differs. */
    SourceList send() {
        return send;
    }

    /** How many are there as they should be. */
    int unchanged() {
        return unchanged;
    }

    /** What is there and not in the source. */
    SortedFiles surplus() {
        return surplus;
    }

    /** How many files the destination has. */
    int present() {
        return present;
    }

    /** Files that could not be read for a comparison. */
    FirstOf<Finding> failures() {
        return failures;
    }

    @Override
    public void close() throws IOException {
        send.close();
        surplus.close();
    }

    private void surplus(Listing.Cursor copies) throws IOException {
        present++;
        String path = copies.sorted().path();
        if (settings.filter().acceptsFile(path)) {
            surplus.add(path, ByteBuffer.allocate(0));
        }
        copies.next();
    }

    private void judge(SourceFile file, StoredObject there, ProvedFile known) throws IOException {
        if (there == null || there.size() != file.size()) {
            send.add(file);
        } else if (!settings.checksum()) {
            if (there.modified().isBefore(modified(file))) {
                send.add(file);
            } else {
                unchanged++;
            }
        } else if (known != null && known.isAbout(file) && known.isAt(there.modified())) {
            unchanged++;
        } else {
            doubtful.add(new Doubt(file, there));
            if (doubtful.size() == BATCH) {
                compare();
            }
        }
    }

    private void compare() throws IOException {
        if (doubtful.isEmpty()) {
            return;
        }
        List<ProvedFile> proved = new ArrayList<>();
        Map<String, String> digests = destination.digests(doubtful.stream().map(Doubt::there).toList());
        for (Doubt doubt : doubtful) {
            SourceFile file = doubt.file();
            String digest = digests.get(file.path());
            try {
                if (digest != null && digest.equals(sha256(file))) {
                    proved.add(ProvedFile.of(file, digest, doubt.there().modified()));
                    unchanged++;
                } else {
                    send.add(file);
                }
            } catch (IOException e) {
                failures.add(new Finding(file.path(), SourceFiles.reason(e)));
            }
        }
        doubtful.clear();
        if (!settings.dryRun()) {
            state.record(destination.location(), proved);
        }
    }

    private static String sha256(SourceFile file) throws IOException {
        String sha256 = Hasher.of(Files.newInputStream(file.file())).sha256();
        SourceFiles.requireUnchanged(file);
        return sha256;
    }

    private static Instant modified(SourceFile file) {
        return Instant.EPOCH.plusNanos(file.modified()).truncatedTo(ChronoUnit.SECONDS);
    }

    /** What was proved before, asked for in the order of the paths. */
    private static final class Known implements Closeable {

        private final ProvedFiles proved;
        private ProvedFile next;

        Known(ProvedFiles proved) throws IOException {
            this.proved = proved;
            this.next = proved.next();
        }

        /** Null when nothing is known of it. */
        ProvedFile of(String path) throws IOException {
            while (next != null && SortedFiles.comparePaths(next.path(), path) < 0) {
                next = proved.next();
            }
            return next != null && next.path().equals(path) ? next : null;
        }

        @Override
        public void close() throws IOException {
            proved.close();
        }
    }
}
