package io.onedump.storage.sftp;

import java.io.IOException;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import io.onedump.ssh.SshException;
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

    static StorageException of(SftpStorage storage, SftpClient client, String action, String path, Exception e) {
        if (e instanceof StorageException known) {
            return known;
        }
        String what = "storage " + storage + ": cannot " + action + " " + path + ": ";
        if (e instanceof SshException ssh) {
            return ssh.permanent() ? new StorageException(what + e.getMessage(), e)
                    : new TransientStorageException(what + e.getMessage(), e);
        }
        if (isConnectionLost(client, e)) {
            return new TransientStorageException(what + "the connection broke: " + root(e), e);
        }
        if (e instanceof SftpException sftp) {
            return new StorageException(what + reason(storage, client, path, sftp), e);
        }
        return new StorageException(what + e.getMessage(), e);
    }

    /** JSch reports a connection that broke as a failure that has a cause. */
    static boolean isConnectionLost(SftpClient client, Exception e) {
        return !client.isConnected() || e instanceof SftpException sftp && (sftp.id == ChannelSftp.SSH_FX_CONNECTION_LOST
                || sftp.id == ChannelSftp.SSH_FX_NO_CONNECTION || sftp.getCause() instanceof IOException);
    }

    private static String reason(SftpStorage storage, SftpClient client, String path, SftpException e) {
        String user = client.settings().user();
        return switch (e.id) {
            case ChannelSftp.SSH_FX_PERMISSION_DENIED ->
                "permission denied; the user '" + user + "' needs write access to that folder";
            case ChannelSftp.SSH_FX_NO_SUCH_FILE -> "there is no such folder on the server; create it";
            case ChannelSftp.SSH_FX_FAILURE -> isFull(storage, client, path)
                    ? "no space left on the server; free some or keep fewer artifacts there"
                    : "the server answered \"" + e.getMessage() + "\"; check its free space, the quota of '" + user
                            + "' and that no folder has that name";
            default -> "the server answered \"" + e.getMessage() + "\"";
        };
    }

    private static boolean isFull(SftpStorage storage, SftpClient client, String path) {
        try {
            String folder = storage.file(ObjectPath.folder(path));
            return client.channel().statVFS(folder.isEmpty() ? "." : SftpClient.literal(folder)).getAvail() == 0;
        } catch (SftpException | IOException e) {
            return false;
        }
    }

    private static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
