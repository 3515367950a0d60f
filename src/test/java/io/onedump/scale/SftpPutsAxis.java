package io.onedump.scale;

import java.nio.file.Path;
import java.util.List;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.BytesArtifact;
import io.onedump.servers.PasswordSshd;
import io.onedump.ssh.SshSettings;
import io.onedump.storage.Storage;
import io.onedump.storage.Verify;
import io.onedump.storage.sftp.SftpOptions;
import io.onedump.storage.sftp.SftpStorage;

/** Artifacts put into one folder of an SFTP server, whose requests it counts. */
final class SftpPutsAxis implements ScaleAxis {

    @Override
    public String what() {
        return "storage SFTP: artifacts put into one folder";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(30, 300, 3000);
    }

    @Override
    public Cost run(int size, Path folder) throws Exception {
        byte[] content = new byte[100];
        try (PasswordSshd server = PasswordSshd.start()) {
            SshSettings settings = new SshSettings(server.host(), server.port(), PasswordSshd.USER,
                    PasswordSshd.PASSWORD, null, null, server.knownHosts().toString(), null);
            long nanos = ScaleAxis.processorNanos(() -> {
                try (Storage storage =
                        new SftpStorage(settings, "/", new SftpOptions(Verify.AUTO, true, Backoff.DEFAULT))) {
                    for (int i = 0; i < size; i++) {
                        storage.put("shop-" + i, new BytesArtifact("shop-" + i, content));
                    }
                }
            });
            return new Cost(nanos, server.faults().requests().size(), (long) size * content.length);
        }
    }
}
