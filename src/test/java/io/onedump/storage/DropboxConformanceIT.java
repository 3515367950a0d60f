package io.onedump.storage;

import java.time.Duration;
import java.util.List;

import io.onedump.artifact.Backoff;
import io.onedump.servers.FakeDropbox;
import io.onedump.storage.dropbox.DropboxOptions;
import io.onedump.storage.dropbox.DropboxStorage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class DropboxConformanceIT extends StorageConformance {

    private FakeDropbox server;

    @BeforeAll
    void start() {
        server = FakeDropbox.start(20);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    Storage open(Verify verify) {
        return new DropboxStorage(server.client().files(), "My Backups",
                new DropboxOptions(verify, CHUNK, new Backoff(3, Duration.ofMillis(10), Duration.ofMillis(50))));
    }

    /** Sessions that are left are not visible, and Dropbox removes them by itself. */
    @Override
    List<String> leftovers() {
        return List.of();
    }
}
