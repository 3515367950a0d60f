package io.onedump.storage;

import io.onedump.servers.Sshd;

/** A server that runs nothing but SFTP: what was written has to be read back. */
class SftpWithoutShellConformanceIT extends SftpConformanceIT {

    @Override
    Sshd startServer() {
        return Sshd.startSftpOnly();
    }
}
