package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.FileArtifact;
import io.onedump.artifact.Hasher;
import io.onedump.servers.CloudServer;
import io.onedump.servers.Command;
import io.onedump.servers.FakeDrive;
import io.onedump.servers.FakeDropbox;
import io.onedump.servers.TlsProxy;
import io.onedump.storage.drive.DriveOptions;
import io.onedump.storage.drive.DriveStorage;
import io.onedump.storage.dropbox.DropboxOptions;
import io.onedump.storage.dropbox.DropboxStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * rclone, which knows the real services, gets along with the servers that the tests imitate, and each of both clients
 * reads what the other one wrote. rclone compares the servers' hashes with its own after every copy.
 */
class RcloneIT {

    private static final int CHUNK = 1024 * 1024;
    private static final GeneratedArtifact ARTIFACT = new GeneratedArtifact("dump.bin", 3L * CHUNK + 77);

    @TempDir
    private Path folder;

    @Test
    void sharesGoogleDrive() throws Exception {
        try (FakeDrive server = FakeDrive.start(3);
                Storage storage = new DriveStorage(server.client(), "root",
                        new DriveOptions(Verify.AUTO, CHUNK, Backoff.DEFAULT))) {
            sharesTheStorage(server, storage, "drive", "--drive-chunk-size", "1M", "--drive-upload-cutoff", "0",
                    "--drive-use-trash=false");
        }
    }

    @Test
    void sharesDropbox() throws Exception {
        try (FakeDropbox server = FakeDropbox.start(3);
                Storage storage = new DropboxStorage(server.client().files(), "",
                        new DropboxOptions(Verify.AUTO, CHUNK, Backoff.DEFAULT))) {
            sharesTheStorage(server, storage, "dropbox", "--dropbox-chunk-size", "1M", "--dropbox-batch-mode", "off");
        }
    }

    private void sharesTheStorage(CloudServer server, Storage storage, String type, String... options)
            throws Exception {
        try (TlsProxy proxy = TlsProxy.to(server.endpoint())) {
            Path config = Files.writeString(folder.resolve("rclone.conf"), """
                    [cloud]
                    type = %s
                    token = {"access_token":"%s","token_type":"Bearer","expiry":"2099-01-01T00:00:00Z"}
                    """.formatted(type, server.accessToken()));
            Rclone rclone = new Rclone(proxy, config, options);

            storage.put("ours/dump.bin", ARTIFACT);
            rclone.run("copyto", "cloud:ours/dump.bin", folder.resolve("fetched").toString());
            assertThat(new FileArtifact("fetched", folder.resolve("fetched")).digest()).isEqualTo(ARTIFACT.digest());

            rclone.run("copyto", folder.resolve("fetched").toString(), "cloud:theirs/dump.bin");
            assertThat(storage.list("")).extracting(StoredObject::path)
                    .containsExactlyInAnyOrder("ours/dump.bin", "theirs/dump.bin");
            try (InputStream stored = storage.get("theirs/dump.bin", 0)) {
                assertThat(Hasher.of(stored)).isEqualTo(ARTIFACT.digest());
            }

            storage.put("theirs/dump.bin", StorageConformance.text("replaced"));
            assertThat(rclone.run("lsf", "-R", "--files-only", "--format", "ps", "cloud:").lines())
                    .contains("ours/dump.bin;" + ARTIFACT.digest().size(), "theirs/dump.bin;8");
            rclone.run("deletefile", "cloud:ours/dump.bin");
            assertThat(storage.stat("ours/dump.bin")).isEmpty();
        }
    }

    private record Rclone(TlsProxy proxy, Path config, String... options) {

        String run(String... arguments) {
            String[] words = {"env", "HTTPS_PROXY=" + proxy.address(), "rclone", "--config", config.toString(),
                    "--no-check-certificate", "--retries", "1"};
            return Command.of(words).and(options).and(arguments).run();
        }
    }
}
