package io.onedump.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onedump.servers.Sshd;
import io.onedump.servers.TcpProxy;
import io.onedump.ssh.SshSettings;
import io.onedump.storage.StorageException;
import io.onedump.sync.sftp.SftpDestination;
import io.onedump.sync.source.FileFilter;
import io.onedump.sync.state.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A sync to OpenSSH's own server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncSftpIT {

    private static final long SEED = 20261123;
    private static final int CUTS = 5;
    private static final int LARGE = 64 << 20;

    private Sshd server;
    private Path source;
    private Path target;
    private Path state;

    @BeforeAll
    void start() {
        server = Sshd.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void folders(@TempDir Path folder) throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
        target = Files.createTempDirectory(server.workFolder(), "sync");
        state = folder.resolve("state/sync.db");
    }

    private SyncResult sync(int port, Path knownHosts, DeleteLimit delete) throws IOException {
        SyncSettings settings = new SyncSettings(source, new FileFilter(List.of(), List.of()), true, false, 4, 5, true, false,
                delete);
        SshSettings ssh = new SshSettings(server.host(), port, server.user(), null, server.key().file().toString(), null,
                knownHosts.toString(), null);
        try (StateStore store = StateStore.open(state);
             SftpDestination destination = new SftpDestination(ssh, store.id(), target.toString(), true, true, 4)) {
            return new Sync(settings, destination, store, new SyncMonitor()).run();
        }
    }

    private SyncResult sync() throws IOException {
        return sync(server.port(), server.knownHosts(), null);
    }

    private void write(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(SEED + name.hashCode()).nextBytes(bytes);
        Path file = source.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private void assertSame() throws IOException {
        assertThat(paths(target)).isEqualTo(paths(source));
        for (String path : paths(source)) {
            assertThat(Files.mismatch(source.resolve(path), target.resolve(path))).as(path).isEqualTo(-1);
        }
    }

    private static List<String> paths(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> folder.relativize(file).toString()).sorted().toList();
        }
    }

    @Test
    void sendsTenThousandFilesAndThenNothing() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            write("folder-" + i % 50 + "/file-" + i, 100);
        }
        assertThat(sync()).returns(10_000, SyncResult::sent).returns(true, SyncResult::ok);
        assertSame();
        assertThat(sync()).returns(0, SyncResult::sent).returns(10_000, SyncResult::unchanged);
    }

    @Test
    void sendsFilesOfEqualContentAndOddNames() throws IOException {
        write("same", 1000);
        Files.copy(source.resolve("same"), source.resolve("same too"));
        write("two\nlines", 10);
        write("-dash '\"\\ *?.txt", 10);
        write("empty", 0);
        assertThat(sync()).returns(5, SyncResult::sent).returns(true, SyncResult::ok);
        assertSame();
    }

    @Test
    void knowsByTheirDigestsFilesThatItHasNoRecordOf() throws IOException {
        write("file", 1000);
        sync();
        Files.delete(state);
        assertThat(sync()).returns(0, SyncResult::sent).returns(1, SyncResult::unchanged);
    }

    @Test
    void sendsAgainWhatDiffersThereAtTheSameSize() throws IOException {
        write("file", 3);
        Files.writeString(target.resolve("file"), "bad");
        assertThat(sync()).returns(1, SyncResult::sent);
        assertSame();
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws IOException {
        write("large", LARGE);
        try (TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            Random random = new Random(SEED);
            Path known = Files.writeString(source.resolveSibling("known_hosts"),
                    Files.readString(server.knownHosts()).replace(":" + server.port(), ":" + proxy.port()));
            Thread cutter = new Thread(() -> cut(proxy, random));
            cutter.start();
            assertThat(sync(proxy.port(), known, null)).returns(true, SyncResult::ok);
            cutter.interrupt();
            assertThat(proxy.upload().passed()).isLessThan((long) (LARGE * 1.5));
        }
        assertSame();
    }

    /** Each time when some more bytes have passed. */
    private static void cut(TcpProxy proxy, Random random) {
        long at = 0;
        for (int i = 0; i < CUTS && !Thread.currentThread().isInterrupted(); i++) {
            at += LARGE / CUTS / 2 + random.nextInt(LARGE / CUTS / 2);
            while (proxy.upload().passed() < at && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            proxy.cut();
        }
    }

    @Test
    void refusesAWrongHostKeyAtOnce() throws IOException {
        write("file", 10);
        assertThatThrownBy(() -> sync(server.port(), server.wrongKnownHosts(), null)).isExactlyInstanceOf(StorageException.class)
                .hasMessageContaining("host key");
    }

    @Test
    void sendsTheOthersWhenOneFails() throws IOException {
        write("good", 10);
        write("taken", 10);
        Files.createDirectories(target.resolve("taken/folder"));
        SyncResult result = sync();
        assertThat(result.sent()).isEqualTo(1);
        assertThat(result.failures()).singleElement().returns("taken", failure -> failure.path());
        assertThat(target.resolve("good")).exists();
    }

    @Test
    void deletesOnlyAsMuchAsItMay() throws IOException {
        write("kept", 10);
        write("old", 10);
        write("older", 10);
        sync();
        Files.delete(source.resolve("old"));
        assertThat(sync(server.port(), server.knownHosts(), DeleteLimit.parse("50%")).deleted()).containsExactly("old");
        Files.delete(source.resolve("kept"));
        Files.delete(source.resolve("older"));
        SyncResult wiped = sync(server.port(), server.knownHosts(), DeleteLimit.parse("50%"));
        assertThat(wiped.ok()).isFalse();
        assertThat(wiped.deleted()).isEmpty();
        assertThat(paths(target)).containsExactly("kept", "older");
    }

    @Test
    void skipsSymbolicLinks() throws IOException {
        write("file", 10);
        Files.createSymbolicLink(source.resolve("link"), Path.of("file"));
        SyncResult result = sync();
        assertThat(result.ok()).isTrue();
        assertThat(result.skipped()).singleElement().returns("link", skipped -> skipped.path());
        assertSame();
    }
}
