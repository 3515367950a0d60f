package io.onedump.sync.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocationLockTest {

    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private StateStore store;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        store = StateStore.open(folder.resolve("sync.db"));
    }

    @AfterEach
    void close() throws IOException {
        other.shutdownNow();
        store.close();
    }

    @Test
    void letsOneRunAtATimeChangeALocation() throws Exception {
        Future<LocationLock> second;
        try (LocationLock first = store.lock("sftp://nas/backups/")) {
            second = other.submit(() -> store.lock("sftp://nas/backups/"));
            Awaitility.await().during(Duration.ofMillis(100)).until(() -> !second.isDone());
        }
        second.get().close();
    }

    @Test
    void keepsNobodyFromOtherLocations() throws Exception {
        try (LocationLock first = store.lock("sftp://nas/backups/")) {
            other.submit(() -> store.lock("sftp://nas/documents/")).get().close();
        }
    }

    @Test
    void endsItsWaitWhenInterrupted() throws Exception {
        try (LocationLock first = store.lock("sftp://nas/backups/")) {
            Future<?> second = other.submit(() -> assertThatThrownBy(() -> store.lock("sftp://nas/backups/"))
                    .isInstanceOf(InterruptedIOException.class));
            other.shutdownNow();
            second.get();
        }
        store.lock("sftp://nas/backups/").close();
    }

    @Test
    void storesHaveIdentitiesThatLast(@TempDir Path folder) throws IOException {
        String id = store.id();
        try (StateStore another = StateStore.open(folder.resolve("another.db"))) {
            assertThat(another.id()).hasSize(16).isNotEqualTo(id);
            try (StateStore again = StateStore.open(folder.resolve("another.db"))) {
                assertThat(again.id()).isEqualTo(another.id());
            }
        }
    }
}
