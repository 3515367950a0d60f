package io.onedump.storage;

import java.time.Duration;
import java.util.List;

import io.onedump.artifact.Backoff;
import io.onedump.servers.FakeDrive;
import io.onedump.storage.drive.DriveOptions;
import io.onedump.storage.drive.DriveStorage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class DriveConformanceIT extends StorageConformance {

    private FakeDrive server;

    @BeforeAll
    void start() {
        server = FakeDrive.start(20);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    Storage open(Verify verify) {
        return new DriveStorage(server.client(), "root",
                new DriveOptions(verify, CHUNK, new Backoff(3, Duration.ofMillis(10), Duration.ofMillis(50))));
    }

    /** Sessions that are left are not visible, and Google removes them by itself. */
    @Override
    List<String> leftovers() {
        return List.of();
    }
}
