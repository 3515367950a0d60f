package io.onedump.sync;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import io.onedump.scale.ScaleAxis;
import io.onedump.storage.Storage;
import io.onedump.storage.StoredObject;
import io.onedump.sync.source.FileFilter;
import io.onedump.sync.source.SourceScan;
import io.onedump.sync.state.StateStore;

/** Names on both sides of a sync that finds nothing to do; nobody makes the files, so that there can be millions. */
public final class SyncNamesAxis implements ScaleAxis {

    private static final Instant TIME = Instant.parse("2026-11-23T12:00:00Z");

    @Override
    public String what() {
        return "sync: names on both sides";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(10_000, 100_000, 1_000_000);
    }

    @Override
    public Cost run(int size, Path folder) throws Exception {
        int[] scratchFiles = {0};
        SortedFiles.Scratch scratch = name -> folder.resolve(name + scratchFiles[0]++);
        SyncSettings settings = new SyncSettings(folder, new FileFilter(List.of(), List.of()), true, false, 1, 1, false,
                false, null);
        SourceScan scan = new SourceScan(folder, settings.filter());
        long nanos = ScaleAxis.processorNanos(() -> {
            try (StateStore state = StateStore.open(folder.resolve("sync.db"));
                    SourceList source = new SourceList(scan, scratch, "source");
                    Listing there = new Listing(scratch, "there");
                    SyncPlan plan = new SyncPlan(settings, new Nowhere(), state, scan, scratch)) {
                // Each side has its own order, and none is that of the paths.
                for (int i : new Random(1).ints(size, 0, size).toArray()) {
                    source.add(scan.file(path(i), i, TIME.toEpochMilli() * 1_000_000));
                }
                for (int i : new Random(2).ints(size, 0, size).toArray()) {
                    there.add(new StoredObject(path(i), i, TIME));
                }
                plan.make(source, there);
            }
        });
        // Of what goes to the disk there is nothing until the memory is full, and then all: no slope tells of that.
        return new Cost(nanos, 0, 0);
    }

    private static String path(int number) {
        return "documents/" + number / 1000 + "/document-" + number + ".pdf";
    }

    /** Is only asked where it is. */
    private static final class Nowhere implements Destination {

        @Override
        public String location() {
            return "nowhere:";
        }

        @Override
        public void list(Storage.Visitor visitor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<StoredObject> stat(String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> digests(Collection<StoredObject> files) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void send(Transfers transfers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
