package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.Threads;
import io.onedump.servers.RefusingMySql;
import io.onedump.servers.ReplayedMySql;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that answers the first connections with an error. */
@Timeout(60)
class FirstConnectTest {

    @TempDir
    private Path root;

    private ArchivedServers servers;
    private FolderStore store;

    @BeforeEach
    void begin() {
        servers = new ArchivedServers(root);
        store = new FolderStore(root.resolve("store"));
    }

    @AfterEach
    void end() throws IOException {
        servers.close();
    }

    @ParameterizedTest
    @CsvSource({"1040, Too many connections", "1045, Access denied for user", "1053, Server shutdown in progress",
            "1130, Host is not allowed to connect", "3032, The server is currently in offline mode"})
    void waitsForItWhenItFollows(int code, String message) throws Exception {
        ReplayedMySql server = servers.server(1, 5);
        try (RefusingMySql refusing = RefusingMySql.before(server.port(), code, message);
                Archiver archiver = servers.archiver(refusing.port(), "spool", store)) {
            BackgroundTask following = Threads.daemons().start("follow", archiver::follow);
            await().until(() -> refusing.refused() >= 3);
            assertThat(archiver.trouble()).contains(message);

            refusing.letThrough();

            await().until(() -> archiver.trouble() == null && new Archive(store).newestTimeline().isPresent());
            archiver.close();
            following.join();
        }
    }

    @Test
    void triesAgainInARunThatIsToEndWhatPassesByItself() throws IOException {
        ReplayedMySql server = servers.server(1, 5);
        try (RefusingMySql refusing = RefusingMySql.before(server.port(), 1040, "Too many connections");
                Archiver archiver = servers.archiver(refusing.port(), "spool", store)) {
            assertThat(archiver.sync().sourceErrors()).singleElement().asString().contains("Too many connections");
            assertThat(refusing.refused()).isEqualTo(2);
        }
    }

    @Test
    void endsForGoodAndSaysSoWhenAnotherHasItsServerId() throws Exception {
        ReplayedMySql server = servers.server(1, 5);
        try (RefusingMySql refusing = RefusingMySql.before(server.port(), 4052,
                "A slave with the same server_uuid/server_id as this slave has connected to the master");
                Archiver archiver = servers.archiver(refusing.port(), "spool", store)) {
            BackgroundTask following = Threads.daemons().start("follow", archiver::follow);
            following.join();

            assertThat(archiver.trouble()).contains("archiving has ended", "same server_uuid");
            assertThat(refusing.refused()).isEqualTo(1);
        }
    }
}
