package io.onedump.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.onedump.artifact.Backoff;
import io.onedump.scale.ScaleAxis;
import io.onedump.servers.PasswordSshd;
import io.onedump.ssh.SshSettings;
import io.onedump.storage.retention.NamePattern;
import io.onedump.storage.sftp.SftpOptions;
import io.onedump.storage.sftp.SftpStorage;

/**
 * Artifacts with their sidecars in one folder of an SFTP server, which counts its requests and the bytes of files that
 * it is asked for.
 */
public final class SftpListAxis implements ScaleAxis {

    private static final NamePattern NAMES = NamePattern.of(CatalogSeed.NAMES);

    @Override
    public String what() {
        return "storage SFTP: artifacts that list shows";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(30, 300, 3000);
    }

    @Override
    public Cost run(int size, Path folder) throws Exception {
        try (PasswordSshd server = PasswordSshd.start()) {
            Files.createDirectories(server.workFolder().resolve("shop"));
            CatalogSeed.keep(size, Instant.now().minusSeconds(60), Duration.ofHours(1),
                    (path, bytes) -> Files.write(server.workFolder().resolve(path), bytes));
            SshSettings settings = new SshSettings(server.host(), server.port(), PasswordSshd.USER,
                    PasswordSshd.PASSWORD, null, null, server.knownHosts().toString(), null);
            long nanos = ScaleAxis.processorNanos(() -> {
                try (Storage storage =
                        new SftpStorage(settings, "/", new SftpOptions(Verify.AUTO, true, Backoff.DEFAULT))) {
                    List<Catalog.Entry> entries = new Catalog(storage, NAMES, CatalogSeed.JOB).entries();
                    if (entries.size() != size || !entries.stream().allMatch(Catalog.Entry::verified)) {
                        throw new IllegalStateException(entries.size() + " artifacts, not " + size);
                    }
                }
            });
            return new Cost(nanos, server.faults().requests().size(), server.faults().asked());
        }
    }
}
