package io.onedump.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import org.slf4j.Logger;

/** Reads many sidecars, several at a time where the storage can. */
final class SidecarReader {

    /** A storage that fails so often, with nothing read in between, is away: each more would take as long to fail. */
    private static final int MOST_UNREADABLE = 3;

    private static final Logger LOG = CleanLog.of(SidecarReader.class);

    /** What is done with each of many. */
    private interface Work<T> {
        void run(T each) throws IOException;
    }

    private final Storage storage;
    private final Sidecars sidecars;
    private long lastRead = System.nanoTime();
    private int unreadable;

    SidecarReader(Storage storage, Backoff backoff) {
        this.storage = storage;
        this.sidecars = new Sidecars(storage, backoff);
    }

    /**
     * @param  objects     sidecars, as they were listed
     * @return             in brief, by the path of the artifact
     * @throws IOException when the storage is away
     */
    Map<String, SidecarReading> read(Collection<StoredObject> objects) throws IOException {
        Map<String, SidecarReading> readings = new ConcurrentHashMap<>();
        readSmall(objects, readings);
        together(objects.stream().filter(object -> !readings.containsKey(Sidecar.artifact(object.path()))).toList(),
                object -> read(object, readings));
        return readings;
    }

    /**
     * Looks for the sidecars of these artifacts.
     *
     * @return             what there is of them and is ours, by the path of the artifact
     * @throws IOException when one cannot be read now
     */
    Map<String, Sidecar> find(Collection<String> artifacts) throws IOException {
        Queue<StoredObject> there = new ConcurrentLinkedQueue<>();
        Map<String, SidecarReading> readings = new ConcurrentHashMap<>();
        together(artifacts, artifact -> storage.stat(Sidecar.path(artifact)).ifPresentOrElse(there::add,
                () -> readings.put(artifact, missing(artifact))));
        readings.putAll(read(there));
        Map<String, Sidecar> found = new HashMap<>();
        for (Map.Entry<String, SidecarReading> reading : readings.entrySet()) {
            reading.getValue().requireReadable(storage, reading.getKey()).ifPresent(
                    sidecar -> found.put(reading.getKey(), sidecar));
        }
        return found;
    }

    /** Of an artifact beside which none was listed. */
    SidecarReading missing(String artifact) {
        return sidecars.read(artifact, null).brief();
    }

    /** What does not come so, or is not good, is read by itself. */
    private void readSmall(Collection<StoredObject> objects, Map<String, SidecarReading> readings) {
        List<StoredObject> small =
                objects.stream().filter(object -> object.size() <= Sidecar.LONGEST).toList();
        if (small.size() < 2) {
            return;
        }
        try {
            storage.getSmall(small, (object, content) -> {
                String artifact = Sidecar.artifact(object.path());
                SidecarReading reading = Sidecars.parse(artifact, content);
                if (reading.state() == SidecarReading.State.GOOD) {
                    readings.put(artifact, reading.brief());
                }
            });
        } catch (IOException e) {
            LOG.debug("{}: {} sidecars were read at once, then: {}", storage, readings.size(), e.getMessage());
        }
    }

    private <T> void together(Collection<T> all, Work<T> work) throws IOException {
        Queue<T> left = new ConcurrentLinkedQueue<>(all);
        Readers readers = storage.readers();
        int threads = Math.min(all.size(), readers.most());
        if (threads > 1) {
            workWith(readers.threads(), threads, left, work);
        } else {
            workOff(left, work);
        }
    }

    private static <T> void workWith(Threads threads, int most, Queue<T> left, Work<T> work) throws IOException {
        List<Future<?>> all = new ArrayList<>();
        try (Threads.Pool pool = threads.pool("read sidecars", most)) {
            for (int i = 0; i < most; i++) {
                all.add(pool.submit(() -> {
                    workOff(left, work);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading sidecars");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static <T> void workOff(Queue<T> left, Work<T> work) throws IOException {
        T next;
        while ((next = left.poll()) != null) {
            try {
                work.run(next);
            } catch (IOException e) {
                left.clear();
                throw e;
            }
        }
    }

    private void read(StoredObject object, Map<String, SidecarReading> readings) throws IOException {
        String artifact = Sidecar.artifact(object.path());
        long started = System.nanoTime();
        SidecarReading reading = sidecars.read(artifact, object);
        if (isAway(reading, started)) {
            reading.requireReadable(storage, artifact);
        }
        readings.put(artifact, reading.brief());
    }

    private synchronized boolean isAway(SidecarReading reading, long started) {
        if (reading.state() != SidecarReading.State.UNREADABLE) {
            lastRead = System.nanoTime();
            unreadable = 0;
        } else if (started - lastRead >= 0) {
            unreadable++;
        }
        return unreadable >= MOST_UNREADABLE;
    }
}
