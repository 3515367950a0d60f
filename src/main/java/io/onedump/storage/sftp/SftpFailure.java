package io.onedump.storage.sftp;

import java.io.IOException;
import java.io.InterruptedIOException;

import io.onedump.ssh.SshException;
import io.onedump.ssh.sftp.SftpStatusException;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.StorageException;
import io.onedump.storage.TransientStorageException;

/**
 * What an SFTP server's errors mean for the one who has to do something about them. The protocol (version 3,
 * draft-ietf-secsh-filexfer-02) knows few: a full disk is a mere "failure".
 */
final class SftpFailure {

    private SftpFailure() {
    }

    static StorageException of(SftpStorage storage, SftpClient client, String action, String path, IOException e) {
        if (e instanceof StorageException known) {
            return known;
        }
        String what = "storage " + storage + ": cannot " + action + " " + path + ": ";
        if (e instanceof SshException ssh) {
            return ssh.permanent()
                    ? new StorageException(what + e.getMessage(), e)
                    : new TransientStorageException(what + e.getMessage(), e);
        }
        if (e instanceof InterruptedIOException) {
            return new StorageException(what + e.getMessage(), e);
        }
        if (e instanceof SftpStatusException refused && client.isConnected() && !tellsOfBreak(refused)) {
            return new StorageException(what + reason(storage, client, path, refused), e);
        }
        return new TransientStorageException(what + "the connection broke: " + e.getMessage(), e);
    }

    private static boolean tellsOfBreak(SftpStatusException e) {
        return e.code() == SftpStatusException.CONNECTION_LOST || e.code() == SftpStatusException.NO_CONNECTION;
    }

    private static String reason(SftpStorage storage, SftpClient client, String path, SftpStatusException e) {
        String user = client.settings().user();
        return switch (e.code()) {
            case SftpStatusException.PERMISSION_DENIED ->
                "permission denied; the user '" + user + "' needs write access to that folder";
            case SftpStatusException.NO_SUCH_FILE -> "there is no such folder on the server; create it";
            case SftpStatusException.FAILURE -> isFull(storage, client, path)
                    ? "no space left on the server; free some or keep fewer artifacts there"
                    : "the server answered \"" + e.getMessage() + "\"; check its free space, the quota of '" + user
                            + "' and that no folder has that name";
            default -> "the server answered \"" + e.getMessage() + "\"";
        };
    }

    private static boolean isFull(SftpStorage storage, SftpClient client, String path) {
        try {
            String folder = storage.file(ObjectPath.folder(path));
            return client.channel().freeBytes(folder.isEmpty() ? "." : folder) == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
