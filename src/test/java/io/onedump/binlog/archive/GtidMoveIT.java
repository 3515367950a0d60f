package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;

import io.onedump.artifact.Threads;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.binlog.verify.ArchiveVerifier;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A MySQL server that moves to GTIDs and no longer sends what it wrote before. */
class GtidMoveIT {

    @TempDir
    private Path folder;

    private SqlServer server;
    private FolderStore store;

    @BeforeEach
    void start() {
        server = MySql.start("--gtid-mode=OFF", "--enforce-gtid-consistency=ON");
        store = new FolderStore(folder.resolve("store"));
        server.execute("CREATE DATABASE shop", "CREATE TABLE shop.item (id INT PRIMARY KEY)",
                "INSERT INTO shop.item VALUES (1)", "FLUSH BINARY LOGS", "INSERT INTO shop.item VALUES (2)");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void beginsANewArchiveBehindWhatTheServerNoLongerSends() throws IOException {
        move();

        ArchiveRun run = sync();

        assertThat(run.errors()).isEmpty();
        assertThat(new ArchiveVerifier(new Archive(store)).verify(1).findings()).isEmpty();
        server.execute("INSERT INTO shop.item VALUES (4)");
        assertThat(sync().errors()).isEmpty();
    }

    @Test
    void goesOnWithWhatWasArchivedBefore() throws IOException {
        assertThat(sync().errors()).isEmpty();
        server.execute("SET GLOBAL gtid_mode=OFF_PERMISSIVE", "SET GLOBAL gtid_mode=ON_PERMISSIVE");
        assertThat(sync().errors()).isEmpty();
        server.execute("FLUSH BINARY LOGS");
        assertThat(sync().errors()).isEmpty();
        server.execute("SET GLOBAL gtid_mode=ON", "INSERT INTO shop.item VALUES (3)");

        assertThat(sync().errors()).isEmpty();
        assertThat(new Archive(store).newestTimeline()).hasValue(1);
        assertThat(new ArchiveVerifier(new Archive(store)).verify(1).findings()).isEmpty();
    }

    @Test
    void saysThatThereIsAGapWhereTheServerNoLongerSendsWhatIsMissing() throws IOException {
        assertThat(sync().errors()).isEmpty();
        server.execute("INSERT INTO shop.item VALUES (7)", "FLUSH BINARY LOGS", "INSERT INTO shop.item VALUES (8)");
        move();

        ArchiveRun run = sync();

        assertThat(run.sourceErrors()).singleElement().asString().startsWith("GAP:").contains("anonymous");
        assertThat(sync().errors()).isEmpty();
        assertThat(ArchiveStatus.of(settings(), new Archive(store), Clock.systemUTC()).gaps()).hasSize(1);
        assertThat(new Archive(store).newestTimeline()).hasValue(1);
    }

    private void move() {
        server.execute("SET GLOBAL gtid_mode=OFF_PERMISSIVE", "SET GLOBAL gtid_mode=ON_PERMISSIVE",
                "SET GLOBAL gtid_mode=ON", "INSERT INTO shop.item VALUES (3)");
    }

    private MySqlSettings settings() {
        return MySqlSettings.of(server.host(), server.port(), "root", "");
    }

    private ArchiveRun sync() throws IOException {
        StreamSettings source = new StreamSettings(settings(), 4711, "11111111-2222-3333-4444-555555555555",
                Duration.ofSeconds(1), false);
        try (Archiver archiver = new Archiver(Threads.daemons(), ArchiveSettings.of(source, folder.resolve("staging")),
                store, Clock.systemUTC(), new Random(1), stored -> {
                })) {
            return archiver.sync();
        }
    }
}
