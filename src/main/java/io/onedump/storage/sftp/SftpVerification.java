package io.onedump.storage.sftp;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.ssh.sftp.RemoteShell;
import io.onedump.storage.Proof;
import io.onedump.storage.VerificationException;
import io.onedump.storage.Verify;

/**
 * Compares a file on the server with what was sent. Where the server gives a shell, the server itself syncs and hashes
 * the file, else it is read back.
 */
record SftpVerification(SftpStorage storage, SftpClient client, Verify verify) {

    /** While the server hashes its file, the artifact is hashed here, if that has not been done before. */
    Proof check(String path, String file, Artifact artifact) throws IOException {
        RemoteShell shell = client.channel().shell();
        long size = client.files().size(file);
        CompletableFuture<String> hashed =
                client.settings().threads().call("verification", () -> runInShell(shell, file, Math.max(0, size)));
        Digest digest = artifact.digest();
        String hash = result(hashed);
        if (verify == Verify.NONE) {
            return Proof.NONE;
        }
        if (size != digest.size()) {
            throw VerificationException.size(storage.toString(), path, size, digest.size());
        }
        if (verify == Verify.SIZE) {
            return Proof.SIZE;
        }
        Proof proof = hash == null ? Proof.READ_BACK : Proof.SHA256;
        String sha256 = hash == null ? client.files().sha256(file, Long.MAX_VALUE) : hash;
        if (!sha256.equals(digest.sha256())) {
            throw VerificationException.digest(storage.toString(), path, "SHA-256 " + sha256, digest.sha256());
        }
        return proof;
    }

    private String runInShell(RemoteShell shell, String file, long bytes) {
        try {
            if (verify == Verify.AUTO) {
                return shell.syncedSha256(file, bytes);
            }
            shell.sync(file, bytes);
            return null;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private static String result(CompletableFuture<String> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }
}
