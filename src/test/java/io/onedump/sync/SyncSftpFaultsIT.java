package io.onedump.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.onedump.artifact.Threads;
import io.onedump.servers.PasswordSshd;
import io.onedump.servers.SmallDisk;
import io.onedump.servers.Sshd;
import io.onedump.servers.TcpProxy;
import io.onedump.ssh.SshSettings;
import io.onedump.ssh.sftp.SftpStatusException;
import io.onedump.sync.sftp.SftpDestination;
import io.onedump.sync.source.FileFilter;
import io.onedump.sync.state.StateStore;
import org.apache.camel.ResolveEndpointFailedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the way to an SFTP server, and on it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncSftpFaultsIT {

    /** Of a large file, which is sent in blocks. */
    private static final int LARGE = 12 << 20;
    private static final int SMALL = 6 << 20;
    private static final int SLOW = 3 << 20;

    private Sshd server;
    private Path folder;
    private FileTree source;
    private FileTree target;
    private SyncRun sync;

    @BeforeAll
    void start(@TempDir Path log) {
        // Without root's power to write everywhere; it tells its log of every file.
        String power = System.getProperty("user.name").equals("root")
                ? "setpriv --bounding-set=-dac_override,-dac_read_search "
                : "";
        server = Sshd.startWithSubsystem(power + Sshd.SFTP_SERVER + " -e -l VERBOSE 2>>" + log.resolve("sftp.log"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        this.folder = folder;
        source = FileTree.in(folder.resolve("source"));
        target = new FileTree(Files.createTempDirectory(server.workFolder(), "sync"));
        sync = new SyncRun(source.root(), uri(server.port(), server.knownHosts()), folder.resolve("sync.db"), "");
    }

    private String uri(int port, Path knownHosts) {
        return "sftp:" + server.user() + "@" + server.host() + ":" + port + "/" + target.root() + "?privateKeyFile="
                + server.key().file() + "&knownHostsFile=" + knownHosts;
    }

    private SyncRun through(TcpProxy proxy) throws IOException {
        Path known = Files.writeString(folder.resolve("known_hosts"),
                Files.readString(server.knownHosts()).replace(":" + server.port(), ":" + proxy.port()));
        return sync.to(uri(proxy.port(), known));
    }

    @Test
    void failsAtOnceWhereItMayNotWrite() throws IOException {
        source.write("good", 10).write("closed/secret", 10);
        Files.createDirectory(target.file("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        SyncResult result = sync.run();
        assertThat(result.sent()).isEqualTo(1);
        assertThat(result.failures()).singleElement().returns("closed/secret", failure -> failure.path())
                .satisfies(failure -> assertThat(failure.reason()).contains("permission denied"));
        assertThat(target.paths()).containsExactly("good");
    }

    @Test
    void failsAtOnceWhenTheDiskIsFullAndLeavesNothing() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(target.root(), 8)) {
            Assumptions.assumeTrue(disk.isMounted(), "only root may mount a small disk");
            source.write("large", LARGE).write("small", 10);
            SyncResult result = sync.run();
            assertThat(result.failures()).singleElement().returns("large", failure -> failure.path())
                    .satisfies(failure -> assertThat(failure.reason()).contains("no space left on the server"));
            assertThat(target.paths()).containsExactly("small");
        }
    }

    @Test
    void publishesNothingOfASmallFileThatGrowsUntilItIsWhole() throws Exception {
        growsWhileItIsRead(SMALL);
    }

    @Test
    void publishesNothingOfALargeFileThatGrowsUntilItIsWhole() throws Exception {
        growsWhileItIsRead(LARGE);
    }

    private void growsWhileItIsRead(int size) throws Exception {
        source.write("log", size);
        try (TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            proxy.upload().bandwidth(SLOW);
            CompletableFuture<SyncResult> running = start(through(proxy), new SyncMonitor());
            awaitSent(proxy, 1 << 20);
            Files.writeString(source.file("log"), "more", StandardOpenOption.APPEND);
            proxy.upload().heal();
            assertThat(running.get()).returns(1, SyncResult::sent).returns(true, SyncResult::ok);
        }
        target.assertSameAs(source);
    }

    @Test
    void listsALargeFileThatVanishesAndSendsTheOthers() throws Exception {
        source.write("film", LARGE).write("small", 10);
        try (TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            proxy.upload().bandwidth(SLOW);
            CompletableFuture<SyncResult> running = start(through(proxy), new SyncMonitor());
            awaitSent(proxy, 2 << 20);
            Files.delete(source.file("film"));
            proxy.upload().heal();
            assertThat(running.get().failures()).singleElement().returns("film", failure -> failure.path())
                    .returns("it vanished before it was sent", failure -> failure.reason());
        }
        assertThat(target.paths()).containsExactly("small");
    }

    @Test
    void writesOverWhatABrokenRunLeftOfASourceThatChanged() throws Exception {
        source.write("film", LARGE);
        try (TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            SyncMonitor monitor = new SyncMonitor();
            proxy.upload().bandwidth(4 * SLOW);
            CompletableFuture<SyncResult> running = start(through(proxy).with("maxAttempts", 1), monitor);
            awaitSent(proxy, LARGE - (1 << 20));
            proxy.refuse();
            proxy.cut();
            assertThat(running.get().ok()).isFalse();
        }
        assertThat(target.paths()).singleElement().asString().startsWith(".film.").endsWith(".part");
        source.write("film", (8 << 20) + 1);
        assertThat(sync.run().ok()).isTrue();
        target.assertSameAs(source);
    }

    @Test
    void removesTemporaryFilesThatNobodyHasTouchedForADay() throws IOException {
        source.write("file", 10);
        target.write(".gone.0123abcd.part", 10).write(".busy.0123abcd.part", 10);
        Files.setLastModifiedTime(target.file(".gone.0123abcd.part"),
                FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        assertThat(sync.with("delete", true).run().ok()).isTrue();
        assertThat(target.paths()).containsExactly(".busy.0123abcd.part", "file");
    }

    @Test
    void connectsAgainAtTheEndOfALongRun() throws IOException {
        source.write("file", 10);
        target.write("old", 10);
        try (TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            Path known = Files.writeString(folder.resolve("known_hosts"),
                    Files.readString(server.knownHosts()).replace(":" + server.port(), ":" + proxy.port()));
            SshSettings ssh = new SshSettings(server.host(), proxy.port(), server.user(), null,
                    server.key().file().toString(), null,
                    known.toString(), null);
            SyncSettings settings =
                    new SyncSettings(source.root(), new FileFilter(List.of(), List.of()), true, false, 1, 1, true,
                            false, DeleteLimit.parse("1"));
            try (StateStore store = StateStore.open(sync.state());
                    SftpDestination sftp =
                            new SftpDestination(ssh, store.id(), target.root().toString(), true, true, 1, 1)) {
                Destination idle = Interception.before("delete", Destination.class, sftp, arguments -> proxy.cut());
                assertThat(new Sync(settings, idle, store, new SyncMonitor(), Threads.daemons(),
                        name -> Files.createTempDirectory(folder, name).resolve(name)).run().deleted())
                        .containsExactly("old");
            }
        }
        target.assertSameAs(source);
    }

    @Test
    void syncsOfTwoMachinesDoNotMeet() throws Exception {
        source.write("film", LARGE).write("small", 10);
        SyncRun other = new SyncRun(source.root(), sync.storage(), folder.resolve("other.db"), "");
        CompletableFuture<SyncResult> one = start(sync, new SyncMonitor());
        CompletableFuture<SyncResult> two = start(other, new SyncMonitor());
        assertThat(List.of(one.get(), two.get())).allMatch(SyncResult::ok);
        target.assertSameAs(source);
    }

    @Test
    void comparesWhatArrivedUnlessTheStorageIsToldNotTo() throws IOException {
        source.write("small", 1000).write("film", LARGE);
        try (PasswordSshd damaging = PasswordSshd.start()) {
            damaging.faults().damageWrites();
            String uri = uri(damaging);
            SyncRun run = sync.to(uri).with("maxAttempts", 2);
            assertThat(run.run().failures()).hasSize(2)
                    .allSatisfy(failure -> assertThat(failure.reason()).contains("arrived damaged"));
            FileTree there = new FileTree(damaging.workFolder());
            assertThat(there.paths()).isEmpty();
            assertThat(run.to(uri + "&verify=none").run().sent()).isEqualTo(2);
            assertThat(there.paths()).containsExactly("film", "small");
        }
        assertThatThrownBy(() -> sync.to(sync.storage() + "&verify=size").run())
                .isInstanceOf(ResolveEndpointFailedException.class).hasStackTraceContaining("option verify: a sync"
                        + " by SFTP knows auto");
    }

    /** As a storage does. */
    @ParameterizedTest
    @ValueSource(ints = {SftpStatusException.NO_CONNECTION, SftpStatusException.CONNECTION_LOST})
    void sendsAgainWhatTheServerSaysWasLost(int status) throws IOException {
        source.write("small", 1000).write("film", LARGE);
        try (PasswordSshd lossy = PasswordSshd.start()) {
            lossy.faults().answer(status, "lost the connection to the storage behind");
            assertThat(sync.to(uri(lossy)).run()).returns(2, SyncResult::sent).returns(true, SyncResult::ok);
            assertThat(lossy.faults().fired()).isEqualTo(1);
            new FileTree(lossy.workFolder()).assertSameAs(source);
        }
    }

    private static String uri(PasswordSshd server) {
        return "sftp:" + PasswordSshd.USER + "@" + server.host() + ":" + server.port() + "/?password="
                + PasswordSshd.PASSWORD.replace(" ", "%20") + "&knownHostsFile=" + server.knownHosts();
    }

    private static CompletableFuture<SyncResult> start(SyncRun sync, SyncMonitor monitor) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return sync.run(monitor);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void awaitSent(TcpProxy proxy, long bytes) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(2))
                .until(() -> proxy.upload().passed() >= bytes);
    }
}
