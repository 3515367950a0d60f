package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.SplittableRandom;

import io.onedump.servers.S3Proxy;
import io.onedump.servers.Sshd;
import io.onedump.servers.TcpProxy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large file arrives intact although connections break and the command is killed at random moments. */
class SyncResumeIT {

    private static final long SEED = 20261123;
    private static final int MEGABYTE = 1 << 20;
    private static final double MOST_SENT = 1.1;

    @TempDir
    private Path folder;

    @Test
    void arrivesIntactAfterTwoCutsAndAKill() throws Exception {
        interrupt(256, 2, 1);
    }

    @Test
    @Tag("soak")
    void arrivesIntactAfterTwentyCutsAndTenKills() throws Exception {
        interrupt(2048, 20, 10);
    }

    @Test
    void arrivesInS3IntactAfterAKill() throws Exception {
        long size = 192L * MEGABYTE;
        Path file = make(192);
        try (S3Proxy server = S3Proxy.start(); TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            server.createBucket("films");
            Invocation sync = Invocation.of(folder, "sync", "--source", file.toString(), "--to",
                    "aws2-s3:films?partSize="
                            + 5 * MEGABYTE + "&concurrency=2&accessKey=" + S3Proxy.ACCESS_KEY + "&secretKey="
                            + S3Proxy.SECRET_KEY
                            + "&overrideEndpoint=true&forcePathStyle=true&uriEndpointOverride=http://" + proxy.host()
                            + ":"
                            + proxy.port(),
                    "--state", folder.resolve("sync.db").toString());
            try (RunningCommand killed = sync.start()) {
                awaitSent(proxy, size / 2);
            }
            Outcome outcome = sync.run();
            assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
            assertThat(Files.mismatch(file, server.folder("films").resolve("large.bin"))).isEqualTo(-1);
            assertThat(server.pendingUploads("films")).isEmpty();
            assertThat(proxy.upload().passed()).isLessThan((long) (size * MOST_SENT));
        }
    }

    private static void awaitSent(TcpProxy proxy, long bytes) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(2))
                .until(() -> proxy.upload().passed() >= bytes);
    }

    private void interrupt(int megabytes, int cuts, int kills) throws Exception {
        long size = (long) megabytes * MEGABYTE;
        Path file = make(megabytes);
        try (Sshd server = Sshd.start(); TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            Path target = server.workFolder().resolve("target");
            Path known = Files.writeString(folder.resolve("known_hosts"),
                    Files.readString(server.knownHosts()).replace(":" + server.port(), ":" + proxy.port()));
            Invocation sync =
                    Invocation.of(folder, "sync", "sftp", "--source", file.toString(), "--to", target.toString(),
                            "--ssh-host", server.host() + ":" + proxy.port(), "--ssh-user", server.user(),
                            "--ssh-key", server.key().file().toString(), "--ssh-known-hosts", known.toString(),
                            "--state", folder.resolve("sync.db").toString()).within(Duration.ofMinutes(5));
            long[] moments = new Random(SEED).longs(cuts + kills, size / 50, size).sorted().toArray();
            boolean[] kill = kinds(cuts, kills);
            RunningCommand running = sync.start();
            for (int i = 0; i < moments.length; i++) {
                awaitSent(proxy, moments[i]);
                if (kill[i]) {
                    running.close();
                    running = sync.start();
                } else {
                    proxy.cut();
                }
            }
            Outcome outcome = running.await();
            running.close();
            assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
            assertThat(Files.mismatch(file, target.resolve("large.bin"))).isEqualTo(-1);
            assertThat(Workspace.files(target)).containsExactly("large.bin");
            assertThat(proxy.upload().passed()).isLessThan((long) (size * MOST_SENT));
        }
    }

    /** In which order connections are cut and the command is killed: true for kills. */
    private static boolean[] kinds(int cuts, int kills) {
        boolean[] kinds = new boolean[cuts + kills];
        Random random = new Random(SEED);
        for (int left = kills; left > 0;) {
            int index = random.nextInt(kinds.length);
            if (!kinds[index]) {
                kinds[index] = true;
                left--;
            }
        }
        return kinds;
    }

    private Path make(int megabytes) throws IOException {
        Path file = folder.resolve("large.bin");
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] bytes = new byte[MEGABYTE];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(bytes);
                out.write(bytes);
            }
        }
        return file;
    }
}
