package io.onedump.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import io.onedump.servers.Sshd;
import io.onedump.servers.TcpProxy;
import io.onedump.storage.StorageException;
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
    private FileTree source;
    private FileTree target;
    private SyncRun sync;

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
        source = FileTree.in(folder.resolve("source"));
        target = new FileTree(Files.createTempDirectory(server.workFolder(), "sync"));
        sync = new SyncRun(source.root(), uri(server.port(), server.knownHosts()), folder.resolve("state/sync.db"), "");
    }

    private String uri(int port, Path knownHosts) {
        return "sftp:" + server.user() + "@" + server.host() + ":" + port + "/" + target.root() + "?privateKeyFile="
                + server.key().file() + "&knownHostsFile=" + knownHosts;
    }

    @Test
    void sendsTenThousandFilesAndThenNothing() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            source.write("folder-" + i % 50 + "/file-" + i, 100);
        }
        assertThat(sync.run()).returns(10_000, SyncResult::sent).returns(true, SyncResult::ok);
        target.assertSameAs(source);
        assertThat(sync.run()).returns(0, SyncResult::sent).returns(10_000, SyncResult::unchanged);
    }

    @Test
    void sendsFilesOfEqualContentAndOddNames() throws IOException {
        source.write("same", 1000);
        Files.copy(source.file("same"), source.file("same too"));
        source.write("two\nlines", 10);
        source.write("-dash '\"\\ *?.txt", 10);
        source.write("empty", 0);
        assertThat(sync.run()).returns(5, SyncResult::sent).returns(true, SyncResult::ok);
        target.assertSameAs(source);
    }

    @Test
    void knowsByTheirDigestsFilesThatItHasNoRecordOf() throws IOException {
        source.write("file", 1000);
        sync.run();
        Files.delete(sync.state());
        assertThat(sync.run()).returns(0, SyncResult::sent).returns(1, SyncResult::unchanged);
    }

    @Test
    void sendsAgainWhatDiffersThereAtTheSameSize() throws IOException {
        source.write("file", 3);
        Files.writeString(target.file("file"), "bad");
        assertThat(sync.run()).returns(1, SyncResult::sent);
        target.assertSameAs(source);
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws IOException {
        source.write("large", LARGE);
        try (TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            Random random = new Random(SEED);
            Path known = Files.writeString(source.root().resolveSibling("known_hosts"),
                    Files.readString(server.knownHosts()).replace(":" + server.port(), ":" + proxy.port()));
            Thread cutter = new Thread(() -> cut(proxy, random));
            cutter.start();
            assertThat(sync.to(uri(proxy.port(), known)).run()).returns(true, SyncResult::ok);
            cutter.interrupt();
            assertThat(proxy.upload().passed()).isLessThan((long) (LARGE * 1.5));
        }
        target.assertSameAs(source);
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
        source.write("file", 10);
        assertThatThrownBy(() -> sync.to(uri(server.port(), server.wrongKnownHosts())).run())
                .isExactlyInstanceOf(StorageException.class)
                .hasMessageContaining("host key");
    }

    @Test
    void sendsTheOthersWhenOneFails() throws IOException {
        source.write("good", 10);
        source.write("taken", 10);
        Files.createDirectories(target.file("taken/folder"));
        SyncResult result = sync.run();
        assertThat(result.sent()).isEqualTo(1);
        assertThat(result.failures()).singleElement().returns("taken", failure -> failure.path());
        assertThat(target.file("good")).exists();
    }

    @Test
    void deletesOnlyAsMuchAsItMay() throws IOException {
        source.write("kept", 10);
        source.write("old", 10);
        source.write("older", 10);
        sync.run();
        SyncRun mirror = sync.with("delete", true).with("maxDelete", "50%25");
        Files.delete(source.file("old"));
        assertThat(mirror.run().deleted()).containsExactly("old");
        Files.delete(source.file("kept"));
        Files.delete(source.file("older"));
        SyncResult wiped = mirror.run();
        assertThat(wiped.ok()).isFalse();
        assertThat(wiped.deleted()).isEmpty();
        assertThat(target.paths()).containsExactly("kept", "older");
    }

    @Test
    void skipsSymbolicLinks() throws IOException {
        source.write("file", 10);
        Files.createSymbolicLink(source.file("link"), Path.of("file"));
        SyncResult result = sync.run();
        assertThat(result.ok()).isTrue();
        assertThat(result.skipped()).singleElement().returns("link", skipped -> skipped.path());
        target.assertSameAs(source);
    }
}
