package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.onedump.servers.CloudServer;
import io.onedump.servers.Executables;
import io.onedump.servers.FakeDrive;
import io.onedump.servers.FakeDropbox;
import io.onedump.servers.S3Proxy;
import io.onedump.servers.Sshd;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A put whose process is killed leaves nothing under its name, and the next run removes what else it left. */
class KilledPutIT {

    private static final String NAME = "killed.bin";

    @TempDir
    private Path folder;

    @Test
    void inAFolder() throws Exception {
        killAndPutAgain("storage:file:" + folder, () -> parts(folder));
    }

    @Test
    void onAnSftpServer() throws Exception {
        try (Sshd server = Sshd.start()) {
            killAndPutAgain(uri(server), () -> parts(server.workFolder()));
        }
    }

    @Test
    void leavesAloneInAFolderWhatALiveProcessWrites() throws Exception {
        putBesideALiveOne("storage:file:" + folder, () -> parts(folder));
    }

    @Test
    void leavesAloneOnAnSftpServerWhatALiveProcessWrites() throws Exception {
        try (Sshd server = Sshd.start()) {
            putBesideALiveOne(uri(server), () -> parts(server.workFolder()));
        }
    }

    private static String uri(Sshd server) {
        return "storage:sftp:" + server.user() + "@" + server.host() + ":" + server.port() + "/" + server.workFolder()
                + "?privateKeyFile=" + server.key().file() + "&knownHostsFile=" + server.knownHosts();
    }

    @Test
    void inS3() throws Exception {
        try (S3Proxy server = S3Proxy.start()) {
            server.createBucket("backups");
            killAndPutAgain("storage:aws2-s3:backups?partSize=" + StorageConformance.CHUNK + "&accessKey="
                    + S3Proxy.ACCESS_KEY + "&secretKey=" + S3Proxy.SECRET_KEY
                    + "&overrideEndpoint=true&forcePathStyle=true"
                    + "&uriEndpointOverride=" + server.endpoint(), () -> server.pendingUploads("backups"));
        }
    }

    @Test
    void inGoogleDrive() throws Exception {
        try (FakeDrive server = FakeDrive.start(20)) {
            killAndPutAgain(
                    "storage:google-drive:drive-files/create?clientFactory=#drive&clientId=" + FakeDrive.CLIENT_ID
                            + "&clientSecret=" + FakeDrive.CLIENT_SECRET + "&refreshToken=" + FakeDrive.REFRESH_TOKEN
                            + "&chunkSize="
                            + StorageConformance.CHUNK,
                    server, server::pendingUploads, server::expireUploads);
        }
    }

    @Test
    void inDropbox() throws Exception {
        try (FakeDropbox server = FakeDropbox.start(20)) {
            killAndPutAgain(
                    "storage:dropbox:put?client=#dropbox&remotePath=/Backups&chunkSize=" + StorageConformance.CHUNK,
                    server, server::pendingUploads, server::expireUploads);
        }
    }

    private static void killAndPutAgain(String uri, Callable<List<String>> leftovers) throws Exception {
        killAndPutAgain(uri, "http://127.0.0.1:1", leftovers, () -> {
        });
    }

    /** @param aWeek passes after the second put */
    private static void killAndPutAgain(String uri, CloudServer server, Callable<List<String>> leftovers,
            Runnable aWeek)
            throws Exception {
        killAndPutAgain(uri, server.endpoint().toString(), leftovers, aWeek);
    }

    private static void killAndPutAgain(String uri, String cloud, Callable<List<String>> leftovers, Runnable aWeek)
            throws Exception {
        kill(uri, cloud);
        assertThat(leftovers.call()).as("what was being written").isNotEmpty();
        try (CamelContext context = KilledPut.context(cloud)) {
            try (Storage storage = context.getEndpoint(uri, StorageEndpoint.class).open()) {
                assertThat(storage.stat(NAME)).isEmpty();
                assertThat(storage.list("")).isEmpty();
                storage.put(NAME, new GeneratedArtifact(NAME, 2L * StorageConformance.CHUNK));
                aWeek.run();
                assertThat(storage.list("")).extracting(StoredObject::path).containsExactly(NAME);
            }
        }
        assertThat(leftovers.call()).isEmpty();
    }

    /** Two machines may be told to write the same name, or one may not know that the other is still at it. */
    private static void putBesideALiveOne(String uri, Callable<List<String>> leftovers) throws Exception {
        String cloud = "http://127.0.0.1:1";
        kill(uri, cloud, () -> {
            List<String> writing = leftovers.call();
            try (CamelContext context = KilledPut.context(cloud)) {
                for (int i = 0; i < 3; i++) {
                    try (Storage storage = context.getEndpoint(uri, StorageEndpoint.class).open()) {
                        storage.put(NAME, new GeneratedArtifact(NAME, 1000));
                    }
                }
            }
            assertThat(leftovers.call()).as("what another process is writing").isEqualTo(writing).hasSize(1);
        });
    }

    private static void kill(String uri, String cloud) throws Exception {
        kill(uri, cloud, () -> {
        });
    }

    private interface Meanwhile {
        void run() throws Exception;
    }

    private static void kill(String uri, String cloud, Meanwhile meanwhile) throws Exception {
        Process process = new ProcessBuilder(Executables.ofJava("java"),
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                KilledPut.class.getName(), uri, NAME, cloud)
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.lines().filter(KilledPut.READY::equals).findFirst()).isPresent();
            meanwhile.run();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<String> parts(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".part")).toList();
        }
    }
}
