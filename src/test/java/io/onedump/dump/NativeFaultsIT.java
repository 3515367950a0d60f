package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SmallDisk;
import io.onedump.servers.TcpProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dump that breaks off leaves nothing behind that looks like one. */
@Timeout(120)
class NativeFaultsIT {

    @TempDir
    private Path folder;
    private MariaDb server;
    private TcpProxy proxy;
    private DumpRoute route;

    @BeforeEach
    void start() throws Exception {
        server = MariaDb.start();
        server.execute("CREATE DATABASE shop");
        server.executeIn("shop", "CREATE TABLE a (id int PRIMARY KEY, t text) AS SELECT seq id, REPEAT(MD5(seq), 20) t"
                + " FROM seq_1_to_60000", "CREATE TABLE b LIKE a", "INSERT INTO b SELECT * FROM a");
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

    @ParameterizedTest
    @ValueSource(ints = {100, 20_000, 1_000_000, 30_000_000})
    void aConnectionThatIsCutFailsTheDump(int after) throws Exception {
        proxy.download().cutAfter(after);

        assertThatThrownBy(() -> run("")).hasStackTraceContaining("DumpConnectException");
        assertNothingIsStored();

        proxy.download().heal();
        run("");
        assertThat(NativeDumpContract.index(stored().get(0)).rows()).isEqualTo(120_000);
    }

    @Test
    void aServerThatIsKilledFailsTheDump() throws Exception {
        proxy.download().bandwidth(10 << 20);
        CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(server::kill);

        assertThatThrownBy(() -> run("")).hasStackTraceContaining("DumpConnectException");
        assertNothingIsStored();
    }

    @Test
    void aServerThatFallsSilentIsGivenUpAfterTheStallTimeout() throws Exception {
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(() -> proxy.download().stall());
        proxy.download().bandwidth(10 << 20);

        assertThatThrownBy(() -> run("&stallTimeout=2s")).hasStackTraceContaining("DumpConnectException");
        assertNothingIsStored();
    }

    @Test
    void aDumpThatTakesLongerThanItsTimeoutIsStopped() throws Exception {
        proxy.download().bandwidth(5 << 20);

        assertThatThrownBy(() -> run("&timeout=2s")).hasMessageContaining("longer than its timeout");
        assertNothingIsStored();
    }

    @Test
    void withoutASpoolAFailureReachesTheStorageToo() throws Exception {
        proxy.download().cutAfter(30_000_000);

        assertThatThrownBy(() -> run("&spool=false")).hasStackTraceContaining("DumpConnectException");
        assertNothingIsStored();
    }

    @ParameterizedTest
    @ValueSource(strings = {"work", "stored"})
    void aFullDiskFailsTheDump(String name) throws Exception {
        Path small = Files.createDirectories(folder.resolve(name));
        try (SmallDisk disk = SmallDisk.mount(small, 1)) {
            assumeThat(disk.isMounted()).as("a small disk can be mounted").isTrue();
            assertThatThrownBy(() -> run("")).hasStackTraceContaining("No space left on device");
            assertNothingIsStored();
            assertThat(route.leftovers()).isEmpty();

            disk.grow(500);
            run("");
            assertThat(NativeDumpContract.index(stored().get(0)).rows()).isEqualTo(120_000);
            // Its work folder is on the disk that is taken away.
            route.close();
            route = new DumpRoute(Files.createDirectories(folder.resolve("other")));
        }
    }

    private void run(String options) throws Exception {
        route.run("dump:mysql-native?dsn=mysql://root@" + proxy.host() + ":" + proxy.port() + "/shop&parallel=2"
                + options, "storage:file:" + folder.resolve("stored"));
    }

    private void assertNothingIsStored() throws Exception {
        assertThat(stored()).isEmpty();
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
