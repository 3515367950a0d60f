package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.onedump.artifact.ByteRanges;
import io.onedump.dump.format.DumpFile;
import io.onedump.servers.Postgres;
import io.onedump.servers.TcpProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dump of PostgreSQL that breaks off leaves nothing behind that looks like one, and is worth another attempt. */
@Timeout(120)
class PostgresNativeFaultsIT {

    @TempDir
    private Path folder;
    private Postgres server;
    private TcpProxy proxy;
    private DumpRoute route;

    @BeforeEach
    void start() throws Exception {
        server = Postgres.start();
        server.execute("CREATE DATABASE shop");
        server.executeIn("shop", "CREATE TABLE a AS SELECT n, repeat(md5(n::text), 20) t FROM generate_series(1, 40000)"
                + " n", "CREATE TABLE b AS SELECT * FROM a", "CREATE INDEX ON b (n)",
                "SELECT lo_from_bytea(77, decode(repeat('ab', 1000000), 'hex'))");
        proxy = TcpProxy.to(server.host(), server.port());
        route = new DumpRoute(Files.createDirectories(folder.resolve("work")));
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(route.leftovers()).isEmpty();
        route.close();
        proxy.close();
        server.close();
    }

    /** In the log-in, the catalog, what pg_dump reads, rows. */
    @ParameterizedTest
    @ValueSource(ints = {100, 4_000, 30_000, 100_000, 1_000_000, 30_000_000, 51_000_000})
    void aConnectionThatIsCutFailsTheDump(int after) throws Exception {
        proxy.download().cutAfter(after);

        assertThatThrownBy(() -> run("")).hasStackTraceContaining("DumpConnectException");
        assertThat(stored()).isEmpty();

        proxy.download().heal();
        run("");
        assertThat(DumpFile.open(ByteRanges.of(stored().get(0))).index().rows()).isGreaterThan(80_000);
    }

    @Test
    void aServerThatIsKilledFailsTheDump() throws Exception {
        proxy.download().bandwidth(10 << 20);
        CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(server::kill);

        assertThatThrownBy(() -> run("")).hasStackTraceContaining("DumpConnectException");
        assertThat(stored()).isEmpty();
    }

    /** What the server says of it arrives only where nothing of the rows is still on its way. */
    @Test
    void anAdministratorWhoEndsItsSessionsFailsTheDump() throws Exception {
        proxy.download().bandwidth(10 << 20);
        CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(() -> server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY %'"));

        assertThatThrownBy(() -> run("")).hasStackTraceContaining("DumpConnectException")
                .hasMessageFindingMatch(
                        "reading .* on .*(administrator command|the server has closed the connection)");
        assertThat(stored()).isEmpty();
    }

    @Test
    void aServerThatFallsSilentIsGivenUpAfterTheStallTimeout() throws Exception {
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(() -> proxy.download().stall());
        proxy.download().bandwidth(10 << 20);

        assertThatThrownBy(() -> run("&stallTimeout=2s")).hasStackTraceContaining("DumpConnectException");
        assertThat(stored()).isEmpty();
    }

    @Test
    void aDumpThatTakesLongerThanItsTimeoutIsStopped() throws Exception {
        proxy.download().bandwidth(5 << 20);

        assertThatThrownBy(() -> run("&timeout=2s")).hasMessageContaining("longer than its timeout");
        assertThat(stored()).isEmpty();
    }

    @Test
    void withoutASpoolAFailureReachesTheStorageToo() throws Exception {
        proxy.download().cutAfter(30_000_000);

        assertThatThrownBy(() -> run("&spool=false")).hasStackTraceContaining("DumpConnectException");
        assertThat(stored()).isEmpty();
    }

    private void run(String options) throws Exception {
        route.run("dump:postgres-native?dsn=postgres://postgres@" + proxy.host() + ":" + proxy.port()
                + "/shop&parallel=2" + options, "storage:file:" + folder.resolve("stored"));
    }

    private List<Path> stored() throws Exception {
        if (!Files.exists(folder.resolve("stored"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve("stored"))) {
            return files.filter(file -> !file.toString().endsWith(".checksum")).toList();
        }
    }
}
