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

import io.onedump.artifact.Threads;
import io.onedump.binlog.verify.ArchiveVerifier;
import io.onedump.binlog.verify.Verification;
import io.onedump.servers.MariaDb;
import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;
import io.onedump.servers.TcpProxy;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts, kills and faults at random moments under load; the seed makes a failure repeatable. {@code mvn verify -Pchaos}
 * does all of it, the ordinary run a share.
 */
class ArchiverChaosIT {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiverChaosIT.class);
    private static final int CUTS = Integer.getInteger("onedump.test.cuts", 20);
    private static final int KILLS = Integer.getInteger("onedump.test.kills", 6);
    /** How often each kind of fault has to strike. */
    private static final int STRIKES = 5;
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
            CompletableFuture<ArchiveRun> running = CompletableFuture.supplyAsync(archiver::follow);
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
            assertWhole(server, store, CUTS + " cuts");
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
                    Process process = ArchiverProcess.command(server.port(), folder.resolve("staging"), store.path(""))
                            .redirectOutput(log.toFile()).start();
                    // A quarter of them while it starts, the others at work.
                    if (random.nextInt(4) > 0) {
                        await().atMost(LIMIT).until(() -> Files.readString(log).contains("archiving from"));
                    }
                    process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
                    process.destroyForcibly().waitFor();
                }
            }
            assertWhole(server, store, KILLS + " kills");
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void catchesUpWhenTheStorageHasFailedForAWhile(Family family) throws Exception {
        Random random = new Random(SEED);
        FolderStore store = new FolderStore(folder.resolve("store"));
        try (SqlServer server = family.start(); Archiver archiver = archiver(server.port(), store)) {
            CompletableFuture<ArchiveRun> running = CompletableFuture.supplyAsync(archiver::follow);
            try (Load load = Load.start(server, SEED, 200)) {
                for (StorageFault.Kind kind : StorageFault.Kind.DURING_A_RUN) {
                    StorageFault fault = new StorageFault(kind, random);
                    store.fail(fault);
                    await().atMost(LIMIT).until(() -> fault.strikes() >= STRIKES);
                }
            }
            store.heal();
            await().atMost(LIMIT)
                    .untilAsserted(() -> new ServerFiles(server.dataDir()).assertArchived(new Archive(store), 1));
            archiver.close();
            assertThat(running.get(30, TimeUnit.SECONDS).errors()).isEmpty();
            assertWhole(server, store, STRIKES + " strikes of each of " + StorageFault.Kind.DURING_A_RUN);
        }
    }

    /** An archiver lists the storage once, when it begins: so several begin while that fails. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void catchesUpWhenTheStorageCouldNotBeListed(Family family) throws Exception {
        Random random = new Random(SEED);
        FolderStore store = new FolderStore(folder.resolve("store"));
        StorageFault fault = new StorageFault(StorageFault.Kind.CANNOT_LIST, random);
        try (SqlServer server = family.start(); Load load = Load.start(server, SEED, 200)) {
            store.fail(fault);
            while (fault.strikes() < STRIKES) {
                int spared = fault.spared();
                try (Archiver archiver = archiver(server.port(), store)) {
                    CompletableFuture<ArchiveRun> running = CompletableFuture.supplyAsync(archiver::follow);
                    await().atMost(LIMIT).until(() -> fault.strikes() >= STRIKES || fault.spared() > spared);
                    archiver.close();
                    assertThat(running.get(30, TimeUnit.SECONDS).sourceErrors()).isEmpty();
                }
            }
            store.heal();
            load.close();
            assertWhole(server, store, STRIKES + " strikes of " + fault);
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
        return new Archiver(Threads.daemons(), ArchiverProcess.settings(port, folder.resolve("staging")), store,
                Clock.systemUTC(),
                new Random(SEED),
                stored -> {
                });
    }

    /**
     * After more runs that are left in peace: MariaDB writes a checkpoint event some time after the last transaction.
     */
    private void assertWhole(SqlServer server, FolderStore store, String faults) throws IOException {
        await().atMost(LIMIT).untilAsserted(() -> {
            try (Archiver last = archiver(server.port(), store)) {
                assertThat(last.sync().errors()).isEmpty();
            }
            new ServerFiles(server.dataDir()).assertArchived(new Archive(store), 1);
        });
        assertThat(new Archive(store).newestTimeline()).hasValue(1);
        Verification verification = new ArchiveVerifier(new Archive(store)).verify(1);
        assertThat(verification.findings()).isEmpty();
        try (Stream<Path> staged = Files.list(folder.resolve("staging/timeline-0001"))) {
            assertThat(staged.filter(file -> !file.toString().endsWith(".part"))).singleElement().asString()
                    .endsWith("server");
        }
        LOG.info("seed {}, {}: {} files, {} bytes, {} events, every byte as on the server", SEED, faults,
                verification.files(),
                verification.bytes(), verification.events());
    }
}
