package io.onedump.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.artifact.Backoff;
import io.onedump.servers.Sshd;
import io.onedump.ssh.SshSettings;
import io.onedump.storage.sftp.SftpOptions;
import io.onedump.storage.sftp.SftpStorage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SftpConformanceIT extends StorageConformance {

    private Sshd server;

    @BeforeAll
    void start() {
        server = startServer();
    }

    Sshd startServer() {
        return Sshd.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    Storage open(Verify verify) {
        SshSettings settings = new SshSettings(server.host(), server.port(), server.user(), null,
                server.key().file().toString(), null, server.knownHosts().toString(), null);
        return new SftpStorage(settings, server.workFolder().resolve("backups").toString(),
                new SftpOptions(verify, true, Backoff.DEFAULT));
    }

    /** The protocol has no way to. */
    @Override
    boolean comparesWhenItReplaces() {
        return false;
    }

    @Override
    int pages() {
        return 2001;
    }

    @Override
    void seed(List<String> paths) throws Exception {
        seedFiles(server.workFolder().resolve("backups"), paths);
    }

    @Override
    List<String> leftovers() throws Exception {
        try (Stream<Path> files = Files.walk(server.workFolder())) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".part")).toList();
        }
    }
}
