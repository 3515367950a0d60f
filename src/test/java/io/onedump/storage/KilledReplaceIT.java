package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.Hasher;
import io.onedump.servers.Executables;
import io.onedump.servers.S3Proxy;
import io.onedump.servers.Sshd;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed at any moment while it replaces an artifact leaves the old artifact or the new one, and
 * never one with the sidecar of the other.
 */
class KilledReplaceIT {

    private static final int KILLS = 15;
    private static final String NAME = "shop.sql";

    @TempDir
    private Path folder;

    @Test
    void inAFolder() throws Exception {
        killAgainAndAgain("storage:file:" + folder);
    }

    @Test
    void onAnSftpServer() throws Exception {
        try (Sshd server = Sshd.start()) {
            killAgainAndAgain("storage:sftp:" + server.user() + "@" + server.host() + ":" + server.port() + "/"
                    + server.workFolder() + "?privateKeyFile=" + server.key().file() + "&knownHostsFile="
                    + server.knownHosts());
        }
    }

    @Test
    void inS3() throws Exception {
        try (S3Proxy server = S3Proxy.start()) {
            server.createBucket("backups");
            killAgainAndAgain("storage:aws2-s3:backups?accessKey=" + S3Proxy.ACCESS_KEY + "&secretKey="
                    + S3Proxy.SECRET_KEY + "&overrideEndpoint=true&forcePathStyle=true&uriEndpointOverride="
                    + server.endpoint());
        }
    }

    /** Each is killed a little later after it said that the new artifact was seen, or was about to be. */
    private static void killAgainAndAgain(String uri) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.start();
            StorageEndpoint endpoint = context.getEndpoint(uri, StorageEndpoint.class);
            for (int kill = 0; kill < KILLS; kill++) {
                try (Storage storage = endpoint.open()) {
                    new Put(endpoint.getBackend(), storage, new Owner("shop", null),
                            Identity.NONE.with(Identity.JOB, "shop"))
                            .run(NAME, new BytesArtifact(NAME, new byte[1000]));
                }
                replaceAndKill(uri, kill);
                try (Storage storage = endpoint.open(); InputStream in = storage.get(NAME, 0)) {
                    String sha256 = Hasher.of(in).sha256();
                    SidecarReading reading = new Sidecars(storage).read(NAME);
                    assertThat(reading.state()).as("kill " + kill).isIn(SidecarReading.State.GOOD,
                            SidecarReading.State.MISSING);
                    if (reading.sidecar() != null) {
                        assertThat(reading.sidecar().sha256()).as("kill " + kill).isEqualTo(sha256);
                    }
                }
            }
        }
    }

    private static void replaceAndKill(String uri, int kill) throws Exception {
        Process process = new ProcessBuilder(Executables.ofJava("java"),
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                Replacing.class.getName(), uri,
                String.valueOf(kill)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.lines().filter(Replacing.READY::equals).findFirst()).isPresent();
            Awaitility.await().pollDelay(Duration.ofMillis(kill)).until(() -> true);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** A process that replaces the artifact, and says so when its bytes have gone. */
    static final class Replacing {

        static final String READY = "the new artifact comes";

        private Replacing() {
        }

        /** @param arguments the URI of a storage endpoint, and what makes the artifact different */
        public static void main(String[] arguments) throws Exception {
            try (CamelContext context = new DefaultCamelContext()) {
                context.start();
                StorageEndpoint endpoint = context.getEndpoint(arguments[0], StorageEndpoint.class);
                byte[] bytes = new byte[1000];
                bytes[0] = (byte) (Integer.parseInt(arguments[1]) + 1);
                Artifact artifact = new BytesArtifact(NAME, bytes);
                try (Storage storage = endpoint.open()) {
                    new Put(endpoint.getBackend(), new Stopping(storage), new Owner("shop", null),
                            Identity.NONE.with(Identity.JOB, "shop")).run(NAME, artifact);
                }
            }
        }
    }

    /** Gives the new artifact some time alone: where the old sidecar is still there then, a kill shows it. */
    private record Stopping(Storage storage) implements Storage {

        @Override
        public Receipt put(String path, Artifact artifact) throws IOException {
            if (Sidecar.isSidecar(path)) {
                Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> true);
                return storage.put(path, artifact);
            }
            Receipt receipt = storage.put(path, artifact);
            System.out.println(Replacing.READY);
            return receipt;
        }

        @Override
        public Optional<StoredObject> stat(String path) throws IOException {
            return storage.stat(path);
        }

        @Override
        public void list(String prefix, Visitor visitor) throws IOException {
            storage.list(prefix, visitor);
        }

        @Override
        public InputStream get(String path, long offset) throws IOException {
            return storage.get(path, offset);
        }

        @Override
        public void delete(String path) throws IOException {
            storage.delete(path);
        }

        @Override
        public String location(String path) {
            return storage.location(path);
        }

        @Override
        public void close() {
            storage.close();
        }
    }
}
