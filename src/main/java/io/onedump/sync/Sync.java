package io.onedump.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import io.onedump.storage.StorageException;
import io.onedump.storage.StoredObject;
import io.onedump.sync.source.FirstOf;
import io.onedump.sync.source.SourceScan;
import io.onedump.sync.source.SourceScan.Finding;
import io.onedump.sync.state.LocationLock;
import io.onedump.sync.state.StateStore;
import org.slf4j.Logger;

/** One run: looks at both sides, sends what is new or differs, deletes if that is wanted. */
public final class Sync {

    private static final Logger LOG = CleanLog.of(Sync.class);

    private static final int BATCH = 1000;

    private final SyncSettings settings;
    private final Destination destination;
    private final StateStore state;
    private final SyncMonitor monitor;
    private final Threads threads;
    private final SortedFiles.Scratch scratch;
    private final long started = System.nanoTime();

    /** @param scratch for lists of files that do not fit into the memory */
    Sync(SyncSettings settings, Destination destination, StateStore state, SyncMonitor monitor, Threads threads,
            SortedFiles.Scratch scratch) {
        this.scratch = scratch;
        this.threads = threads;
        this.settings = settings;
        this.destination = destination;
        this.state = state;
        this.monitor = monitor;
    }

    /**
     * @return     with what failed of single files
     * @throws IOException when nothing could be done: there is no source, the destination is out of reach
     */
    public SyncResult run() throws IOException {
        if (settings.dryRun()) {
            return runOnce();
        }
        try (LocationLock lock = state.lock(destination.location())) {
            return runOnce();
        }
    }

    private SyncResult runOnce() throws IOException {
        SourceScan scan = look();
        try (SourceList files = new SourceList(scan, scratch, "sync-source");
                Listing present = new Listing(scratch, "sync-there");
                SyncPlan plan = new SyncPlan(settings, destination, state, scan, scratch);
                Untimed untimed = new Untimed(scan, scratch)) {
            CompletableFuture<Void> listing = threads.call("sync list", () -> {
                list(present);
                return null;
            });
            try {
                scan(scan, files);
            } finally {
                // Who closes the list first would leave the other thread's scratch files behind.
                listing.handle((ended, failure) -> null).join();
            }
            join(listing);
            plan.make(files, present);
            LOG.debug("{}: {} files, {} to send, {} unchanged, {} surplus", settings.source(), files.count(),
                    plan.send().count(), plan.unchanged(), plan.surplus().count());
            FirstOf<Finding> failures = new FirstOf<>();
            failures.addAll(scan.failures());
            failures.addAll(plan.failures());
            Outcome outcome = settings.dryRun()
                    ? dryRun(plan, failures)
                    : carryOut(plan, failures, present, untimed);
            SyncResult result = new SyncResult(settings.source().toString(), destination.location(),
                    settings.dryRun(), files.count(), outcome.sent, outcome.bytes, plan.unchanged(),
                    outcome.deleted.list(), scan.skipped().list(), failures.list(),
                    Duration.ofNanos(System.nanoTime() - started), new SyncResult.Unlisted(outcome.deleted.more(),
                            scan.skipped().more(), failures.more()));
            LOG.info("{}", result);
            return result;
        }
    }

    private record Outcome(int sent, long bytes, FirstOf<String> deleted) {
    }

    private SourceScan look() throws IOException {
        try {
            return new SourceScan(settings.source(), settings.filter());
        } catch (NoSuchFileException e) {
            throw new StorageException("sync " + settings.source() + ": there is no such file or folder; nothing"
                    + " was changed", e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void scan(SourceScan scan, SourceList files) throws IOException {
        try {
            scan.run(settings.recursive(), settings.followLinks(), files::add);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private StorageException unreadable(IOException e) {
        return new StorageException("sync " + settings.source() + ": cannot be read: " + e, e);
    }

    private void list(Listing into) throws IOException {
        if (Files.isRegularFile(settings.source())) {
            Optional<StoredObject> file = destination.stat(settings.source().getFileName().toString());
            if (file.isPresent()) {
                into.add(file.get());
            }
        } else {
            destination.list(into::add);
        }
    }

    private static void join(CompletableFuture<Void> future) throws IOException {
        try {
            future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private Outcome dryRun(SyncPlan plan, FirstOf<Finding> failures) throws IOException {
        plan.send().each(file -> LOG.info("would send {}", file.path()));
        FirstOf<String> deletions = new FirstOf<>();
        if (mayDelete(plan, failures)) {
            eachBatch(plan.surplus(), paths -> paths.forEach(path -> {
                LOG.info("would delete {}", path);
                deletions.add(path);
            }));
        }
        return new Outcome(plan.send().count(), plan.send().bytes(), deletions);
    }

    private Outcome carryOut(SyncPlan plan, FirstOf<Finding> failures, Listing present, Untimed untimed)
            throws IOException {
        String location = destination.location();
        forget(plan.send());
        Transfers transfers = new Transfers(plan.send(), settings.maxAttempts(), state, location, monitor, untimed,
                threads);
        try {
            if (plan.send().count() > 0) {
                destination.send(transfers);
            }
        } finally {
            transfers.finish();
        }
        recordTimes(untimed, present);
        failures.addAll(transfers.failures());
        FirstOf<String> deleted = new FirstOf<>();
        if (mayDelete(plan, failures)) {
            eachBatch(plan.surplus(), paths -> delete(paths, deleted, failures));
        }
        return new Outcome(transfers.sentFiles(), transfers.sentBytes(), deleted);
    }

    private void forget(SourceList files) throws IOException {
        List<String> paths = new ArrayList<>();
        files.each(file -> {
            paths.add(file.path());
            if (paths.size() == BATCH) {
                state.forget(destination.location(), paths);
                paths.clear();
            }
        });
        state.forget(destination.location(), paths);
    }

    private void recordTimes(Untimed untimed, Listing before) throws IOException {
        if (untimed.isEmpty()) {
            return;
        }
        try (Listing now = new Listing(scratch, "sync-now")) {
            try {
                list(now);
            } catch (IOException e) {
                LOG.debug("what was sent is compared by the next run: {}", e.getMessage());
                return;
            }
            untimed.recordTimes(before, now, state, destination.location());
        }
    }

    /** What cannot be read may look as if it were gone, so nothing is deleted then. */
    private boolean mayDelete(SyncPlan plan, FirstOf<Finding> failures) {
        int surplus = Math.toIntExact(plan.surplus().count());
        if (settings.delete() == null || surplus == 0) {
            return false;
        }
        if (!failures.isEmpty()) {
            failures.add(new Finding("--delete", "refused to delete " + surplus + " files while others fail"));
            return false;
        }
        if (!settings.delete().allows(surplus, plan.present())) {
            failures.add(new Finding("--delete", "refused to delete " + surplus + " of " + plan.present()
                    + " files, which"
                    + " is more than"
                    + " the limit of " + settings.delete() + "; check the source, and raise maxDelete if that is"
                    + " right"));
            return false;
        }
        return true;
    }

    private void delete(List<String> paths, FirstOf<String> deleted, FirstOf<Finding> failures) throws IOException {
        state.forget(destination.location(), paths);
        for (String path : paths) {
            try {
                destination.delete(path);
                deleted.add(path);
            } catch (IOException e) {
                failures.add(new Finding(path, e.getMessage()));
            }
        }
    }

    private interface Paths {
        void take(List<String> paths) throws IOException;
    }

    private static void eachBatch(SortedFiles files, Paths taker) throws IOException {
        List<String> paths = new ArrayList<>();
        try (SortedFiles.Cursor cursor = files.cursor()) {
            while (cursor.next()) {
                paths.add(cursor.path());
                if (paths.size() == BATCH) {
                    taker.take(paths);
                    paths.clear();
                }
            }
        }
        taker.take(paths);
    }
}
