package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.onedump.artifact.Threads;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SemiSyncIT {

    @TempDir
    Path folder;

    @Test
    void commitsWaitForOurDisk() throws Exception {
        try (SqlServer server = MariaDb.start("--rpl-semi-sync-master-enabled=ON",
                "--rpl-semi-sync-master-wait-point=AFTER_SYNC", "--rpl-semi-sync-master-timeout=5000")) {
            MySqlSettings settings = MySqlSettings.of(server.host(), server.port(), "root", "");
            StreamSettings source = new StreamSettings(settings, 4711, "11111111-2222-3333-4444-555555555555",
                    Duration.ofSeconds(1), true);
            FolderStore store = new FolderStore(folder.resolve("store"));
            try (Archiver archiver =
                    new Archiver(Threads.daemons(), ArchiveSettings.of(source, folder.resolve("staging")), store,
                            Clock.systemUTC(), new Random(1), stored -> {
                            })) {
                CompletableFuture<ArchiveRun> running = CompletableFuture.supplyAsync(archiver::follow);
                await().until(() -> status(settings, "Rpl_semi_sync_master_clients").equals("1"));
                long before = Long.parseLong(status(settings, "Rpl_semi_sync_master_yes_tx"));

                server.execute("CREATE DATABASE shop", "CREATE TABLE shop.t (id INT)");
                for (int i = 0; i < 20; i++) {
                    server.execute("INSERT INTO shop.t VALUES (" + i + ")");
                }

                assertThat(status(settings, "Rpl_semi_sync_master_yes_tx")).isEqualTo(Long.toString(before + 22));
                assertThat(status(settings, "Rpl_semi_sync_master_no_tx")).isEqualTo("0");
                archiver.close();
                assertThat(running.join().errors()).isEmpty();
            }
        }
    }

    private static String status(MySqlSettings settings, String name) throws IOException {
        try (MySqlSession session = MySqlSession.connect(settings)) {
            return session.query("SHOW GLOBAL STATUS LIKE '" + name + "'").get(0).get(1);
        }
    }
}
