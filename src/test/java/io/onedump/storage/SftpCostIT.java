package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.onedump.artifact.Backoff;
import io.onedump.servers.PasswordSshd;
import io.onedump.servers.Sshd;
import io.onedump.servers.TcpProxy;
import io.onedump.ssh.SshSettings;
import io.onedump.storage.sftp.SftpOptions;
import io.onedump.storage.sftp.SftpStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a put costs the server: servers refuse those who log in too often, and each request takes a round trip. */
class SftpCostIT {

    private static final int OPEN_FOLDER = 11;
    private static final int READ_FOLDER = 12;

    @Test
    void putsAndTheirProofsShareOneConnection(@TempDir Path folder) throws Exception {
        try (Sshd server = Sshd.start(); TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            Path known = Files.writeString(folder.resolve("known_hosts"),
                    Files.readString(server.knownHosts()).replace(":" + server.port(), ":" + proxy.port()));
            SshSettings settings = new SshSettings(proxy.host(), proxy.port(), server.user(), null,
                    server.key().file().toString(), null, known.toString(), null);
            try (Storage storage = open(settings, server.workFolder().toString())) {
                for (int i = 0; i < 3; i++) {
                    assertThat(put(storage, i).verifiedBy()).isEqualTo(Proof.SHA256);
                }
                assertThat(proxy.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void aPutListsNoFolderButTheFirst() throws Exception {
        try (PasswordSshd server = PasswordSshd.start()) {
            for (int i = 0; i < 500; i++) {
                Files.createFile(server.workFolder().resolve("old-" + i));
            }
            SshSettings settings = new SshSettings(server.host(), server.port(), PasswordSshd.USER,
                    PasswordSshd.PASSWORD, null, null, server.knownHosts().toString(), null);
            try (Storage storage = open(settings, "/")) {
                put(storage, 0);
                int first = server.faults().requests().size();
                put(storage, 1);
                List<Integer> second = server.faults().requests().subList(first, server.faults().requests().size());
                assertThat(second).doesNotContain(OPEN_FOLDER, READ_FOLDER).hasSizeLessThanOrEqualTo(12);
            }
        }
    }

    private static Storage open(SshSettings settings, String folder) {
        return new SftpStorage(settings, folder, new SftpOptions(Verify.AUTO, true, Backoff.DEFAULT));
    }

    private static Receipt put(Storage storage, int number) throws Exception {
        return storage.put("file-" + number, new GeneratedArtifact("file-" + number, 1000));
    }
}
