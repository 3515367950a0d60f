package io.onedump.sync.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {

    private static final int WRITERS = 4;
    private static final int BATCHES = 25;
    private static final int FILES = 20;
    private static final String SHARED = "sftp://nas/shared/";

    @TempDir
    private Path folder;

    private static ProvedFile proved(String path) {
        return new ProvedFile(path, "/srv/" + path, 10, 20, "ab".repeat(32), null);
    }

    private static Map<String, ProvedFile> load(StateStore store, String location) throws IOException {
        Map<String, ProvedFile> proved = new HashMap<>();
        try (ProvedFiles files = store.proved(location)) {
            for (ProvedFile file; (file = files.next()) != null;) {
                proved.put(file.path(), file);
            }
        }
        return proved;
    }

    @Test
    void isForItsOwnerOnly() throws Exception {
        Path file = folder.resolve("new/state/sync.db");
        try (StateStore store = StateStore.open(file)) {
            store.record(SHARED, List.of(proved("a")));
            assertThat(mode(folder.resolve("new"))).isEqualTo("rwx------");
            assertThat(mode(file.getParent())).isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(file.getParent())) {
                assertThat(files.toList()).hasSizeGreaterThan(1).allSatisfy(made -> assertThat(mode(made))
                        .isEqualTo("rw-------"));
            }
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        StateStore.open(file).close();
        assertThat(mode(file)).as("one of before").isEqualTo("rw-------");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        StateStore.open(file).close();
        assertThat(mode(file)).as("one that was shared on purpose").isEqualTo("rw-rw----");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void keepsWhatParallelWritersRecord() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(threads.submit(() -> {
                    write(writer);
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        try (StateStore store = StateStore.open(file())) {
            assertThat(load(store, SHARED)).hasSize(WRITERS * BATCHES * (FILES - 1)).doesNotContainKey("0-0-0")
                    .containsEntry("0-0-1", proved("0-0-1"));
        }
    }

    /** Each is the first to come once: a new file takes on its write-ahead log with all of them at the door. */
    @Test
    void isMadeByManyAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            for (int round = 0; round < 40; round++) {
                Path file = folder.resolve("round-" + round).resolve("sync.db");
                CyclicBarrier together = new CyclicBarrier(WRITERS);
                List<Future<String>> ids = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    ids.add(threads.submit(() -> {
                        together.await();
                        try (StateStore store = StateStore.open(file)) {
                            return store.id();
                        }
                    }));
                }
                Set<String> different = new HashSet<>();
                for (Future<String> id : ids) {
                    different.add(id.get());
                }
                assertThat(different).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** With a connection of its own, as another process has; the store is made by whoever comes first. */
    private void write(int writer) throws IOException {
        try (StateStore store = StateStore.open(file())) {
            for (int batch = 0; batch < BATCHES; batch++) {
                List<ProvedFile> files = new ArrayList<>();
                for (int i = 0; i < FILES; i++) {
                    files.add(proved(writer + "-" + batch + "-" + i));
                }
                store.record(SHARED, files);
                store.forget(SHARED, List.of(files.get(0).path()));
            }
        }
    }

    @Test
    void keepsLocationsApart() throws IOException {
        try (StateStore store = StateStore.open(file())) {
            store.record("a", List.of(proved("file")));
            store.record("b", List.of(proved("file")));
            store.forget("a", List.of("file"));
            assertThat(load(store, "a")).isEmpty();
            assertThat(load(store, "b")).containsOnlyKeys("file");
        }
    }

    private Path file() {
        return folder.resolve("state/sync.db");
    }
}
