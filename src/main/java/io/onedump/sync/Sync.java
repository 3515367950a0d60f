package io.onedump.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import io.onedump.storage.StorageException;
import io.onedump.storage.StoredObject;
import io.onedump.sync.source.SourceFile;
import io.onedump.sync.source.SourceScan;
import io.onedump.sync.source.SourceScan.Finding;
import io.onedump.sync.state.LocationLock;
import io.onedump.sync.state.ProvedFile;
import io.onedump.sync.state.StateStore;
import org.slf4j.Logger;

/** One run: looks at both sides, sends what is new or differs, deletes if that is wanted. */
public final class Sync {

    private static final Logger LOG = CleanLog.of(Sync.class);

    private final SyncSettings settings;
    private final Destination destination;
    private final StateStore state;
    private final SyncMonitor monitor;
    private final Threads threads;
    private final long started = System.nanoTime();

    public Sync(SyncSettings settings, Destination destination, StateStore state, SyncMonitor monitor,
            Threads threads) {
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
        CompletableFuture<Map<String, StoredObject>> listing =
                threads.call("sync list", this::list);
        SourceScan scan = scan();
        Map<String, ProvedFile> known = state.load(destination.location());
        Map<String, StoredObject> present = join(listing);
        SyncPlan plan = SyncPlan.of(scan.files(), present, known, settings, destination);
        LOG.debug("{}: {} files, {} to send, {} unchanged, {} surplus", settings.source(), scan.files().size(),
                plan.send().size(), plan.unchanged(), plan.surplus().size());
        List<Finding> failures = new ArrayList<>(scan.failures());
        failures.addAll(plan.failures());
        Outcome outcome =
                settings.dryRun() ? dryRun(plan, failures, present.size()) : carryOut(plan, failures, present);
        SyncResult result = new SyncResult(settings.source().toString(), destination.location(), settings.dryRun(),
                scan.files().size(), outcome.sent, outcome.bytes, plan.unchanged(), outcome.deleted, scan.skipped(),
                failures,
                Duration.ofNanos(System.nanoTime() - started));
        LOG.info("{}", result);
        return result;
    }

    private record Outcome(int sent, long bytes, List<String> deleted) {
    }

    private SourceScan scan() throws IOException {
        try {
            return SourceScan.of(settings.source(), settings.filter(), settings.recursive(), settings.followLinks());
        } catch (NoSuchFileException e) {
            throw new StorageException("sync " + settings.source() + ": there is no such file or folder; nothing"
                    + " was changed", e);
        } catch (IOException e) {
            throw new StorageException("sync " + settings.source() + ": cannot be read: " + e, e);
        }
    }

    private Map<String, StoredObject> list() throws IOException {
        Map<String, StoredObject> present = new HashMap<>();
        if (Files.isRegularFile(settings.source())) {
            destination.stat(settings.source().getFileName().toString())
                    .ifPresent(file -> present.put(file.path(), file));
        } else {
            destination.list(file -> present.put(file.path(), file));
        }
        return present;
    }

    private static <T> T join(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw e;
        }
    }

    private Outcome dryRun(SyncPlan plan, List<Finding> failures, int present) {
        plan.send().forEach(file -> LOG.info("would send {}", file.path()));
        List<String> deletions = deletions(plan, failures, present).stream().map(StoredObject::path).toList();
        deletions.forEach(path -> LOG.info("would delete {}", path));
        return new Outcome(plan.send().size(), plan.bytes(), deletions);
    }

    private Outcome carryOut(SyncPlan plan, List<Finding> failures, Map<String, StoredObject> present)
            throws IOException {
        String location = destination.location();
        state.record(location, plan.proved());
        state.forget(location, plan.send().stream().map(SourceFile::path).toList());
        Transfers transfers = new Transfers(plan.send(), settings.maxAttempts(), state, location, monitor,
                threads);
        try {
            if (!plan.send().isEmpty()) {
                destination.send(transfers);
            }
        } finally {
            transfers.finish();
        }
        recordTimes(transfers.untimed(), present);
        failures.addAll(transfers.failures());
        List<String> deleted = delete(deletions(plan, failures, present.size()), failures);
        return new Outcome(transfers.sentFiles(), transfers.sentBytes(), deleted);
    }

    /**
     * Keeps when the destination says that what was sent was written, by which later runs know that nobody has touched
     * it. A time that was there before may mean that a server lost power and came back with the old file, so it stays
     * unknown and the next run compares digests.
     */
    private void recordTimes(List<ProvedFile> sent, Map<String, StoredObject> before) throws IOException {
        if (sent.isEmpty()) {
            return;
        }
        List<ProvedFile> timed = new ArrayList<>();
        try {
            Map<String, StoredObject> now = list();
            for (ProvedFile proved : sent) {
                StoredObject there = now.get(proved.path());
                StoredObject old = before.get(proved.path());
                if (there != null && there.size() == proved.size()
                        && (old == null || !old.modified().equals(there.modified()))) {
                    timed.add(proved.at(there.modified()));
                }
            }
        } catch (IOException e) {
            LOG.debug("what was sent is compared by the next run: {}", e.getMessage());
        }
        state.record(destination.location(), timed);
    }

    /** What cannot be read may look as if it were gone, so nothing is deleted then. */
    private List<StoredObject> deletions(SyncPlan plan, List<Finding> failures, int present) {
        if (settings.delete() == null || plan.surplus().isEmpty()) {
            return List.of();
        }
        int surplus = plan.surplus().size();
        if (!failures.isEmpty()) {
            failures.add(new Finding("--delete", "refused to delete " + surplus + " files while others fail"));
            return List.of();
        }
        if (!settings.delete().allows(surplus, present)) {
            failures.add(new Finding("--delete", "refused to delete " + surplus + " of " + present + " files, which"
                    + " is more than"
                    + " the limit of " + settings.delete() + "; check the source, and raise maxDelete if that is"
                    + " right"));
            return List.of();
        }
        return plan.surplus();
    }

    private List<String> delete(List<StoredObject> files, List<Finding> failures) throws IOException {
        state.forget(destination.location(), files.stream().map(StoredObject::path).toList());
        List<String> deleted = new ArrayList<>();
        for (StoredObject file : files) {
            try {
                destination.delete(file.path());
                deleted.add(file.path());
            } catch (IOException e) {
                failures.add(new Finding(file.path(), e.getMessage()));
            }
        }
        return deleted;
    }
}
