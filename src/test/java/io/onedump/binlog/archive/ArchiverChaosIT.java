package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.onedump.servers.MariaDb;
import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;
import io.onedump.servers.TcpProxy;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cuts, kills and faults at random moments under load; the seeds make a failure repeatable. */
class ArchiverChaosIT {

    private static final int CUTS = Integer.getInteger("onedump.test.cuts", 300);
    private static final int KILLS = Integer.getInteger("onedump.test.kills", 100);
    private static final long SEED = Long.getLong("onedump.test.seed", 20261123);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    enum Family {
        MARIADB, MYSQL;

        SqlServer start() {
            return this == MARIADB ? MariaDb.start() : MySql.start();
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void losesNothingWhenTheWireIsCutAtRandomBytes(Family family) throws Exception {
        Random random = new Random(SEED);
        FolderStore store = new FolderStore(folder.resolve("store"));
        try (SqlServer server = family.start();
                TcpProxy proxy = TcpProxy.to(server.host(), server.port());
                Archiver archiver = archiver(proxy.port(), store)) {
            CompletableFuture<SyncResult> running = CompletableFuture.supplyAsync(archiver::follow);
            try (Load load = Load.start(server, SEED, 500)) {
                for (int cuts = 0; cuts < CUTS;) {
                    if (cut(proxy, random.nextInt(random.nextBoolean() ? 2_000 : 200_000))) {
                        cuts++;
                    }
                }
            }
            proxy.download().heal();
            archiver.close();
            assertThat(running.get(30, TimeUnit.SECONDS).errors()).isEmpty();
            assertWhole(server, store);
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void losesNothingWhenItIsKilledAtRandomMoments(Family family) throws Exception {
        Random random = new Random(SEED);
        FolderStore store = new FolderStore(folder.resolve("store"));
        try (SqlServer server = family.start()) {
            try (Load load = Load.start(server, SEED, 2_000)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    Path log = folder.resolve("archiver.log");
                    Process process = ArchiverProcess.command(server.port(), folder.resolve("spool"), store.path(""))
                            .redirectOutput(log.toFile()).start();
                    // A quarter of them while it starts, the others at work.
                    if (random.nextInt(4) > 0) {
                        await().atMost(LIMIT).until(() -> Files.readString(log).contains("archiving from"));
                    }
                    process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
                    process.destroyForcibly().waitFor();
                }
            }
            assertWhole(server, store);
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void catchesUpWhenTheStorageHasFailedForAWhile(Family family) throws Exception {
        Random random = new Random(SEED);
        FolderStore store = new FolderStore(folder.resolve("store"));
        try (SqlServer server = family.start(); Archiver archiver = archiver(server.port(), store)) {
            CompletableFuture<SyncResult> running = CompletableFuture.supplyAsync(archiver::follow);
            try (Load load = Load.start(server, SEED, 500)) {
                store.fail((call, name) -> {
                    if (random.nextInt(3) == 0) {
                        throw new IOException("the storage failed at " + call);
                    }
                });
                await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
                store.fail((call, name) -> {
                    throw new IOException("the storage is gone");
                });
                await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            }
            store.heal();
            await().atMost(LIMIT).untilAsserted(() ->
                    new ServerFiles(server.dataDir()).assertArchived(new Archive(store), 1));
            archiver.close();
            assertThat(running.get(30, TimeUnit.SECONDS).errors()).isEmpty();
            assertWhole(server, store);
        }
    }

    /** @return false when the cut fell on a connection that nobody was reading any more */
    private static boolean cut(TcpProxy proxy, int bytes) {
        int connections = proxy.connections();
        long passed = proxy.download().passed();
        proxy.download().cutAfter(bytes);
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(2)).until(() -> proxy.connections() > connections + 1
                || proxy.download().passed() > passed + bytes + 1_000_000);
        return proxy.connections() > connections + 1;
    }

    private Archiver archiver(int port, FolderStore store) throws IOException {
        return new Archiver(ArchiverProcess.settings(port, folder.resolve("spool")), store, Clock.systemUTC(), new Random(SEED),
                stored -> { });
    }

    /** After more runs that are left in peace: MariaDB writes a checkpoint event some time after the last transaction. */
    private void assertWhole(SqlServer server, FolderStore store) throws IOException {
        await().atMost(LIMIT).untilAsserted(() -> {
            try (Archiver last = archiver(server.port(), store)) {
                assertThat(last.sync().errors()).isEmpty();
            }
            new ServerFiles(server.dataDir()).assertArchived(new Archive(store), 1);
        });
        assertThat(new Archive(store).newestTimeline()).hasValue(1);
        try (Stream<Path> spooled = Files.list(folder.resolve("spool/timeline-0001"))) {
            assertThat(spooled.filter(file -> !file.toString().endsWith(".part"))).singleElement().asString().endsWith("server");
        }
    }
}
