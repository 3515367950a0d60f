package io.onedump.storage.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.artifact.Hasher;
import io.onedump.ssh.ShellWord;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpReader;
import io.onedump.ssh.sftp.SftpRequest;
import io.onedump.storage.Proof;
import io.onedump.storage.VerificationException;
import io.onedump.storage.Verify;

/**
 * Compares a file on the server with what was sent. Where the server gives a shell, the server itself syncs and hashes
 * the file, else it is read back.
 */
record SftpVerification(SftpStorage storage, SftpClient client, Verify verify) {

    private static final Executor HASHING = work -> {
        Thread thread = new Thread(work, "onedump verification");
        thread.setDaemon(true);
        thread.start();
    };
    private static final Pattern SHA256 = Pattern.compile("^\\\\?([0-9a-f]{64}) ", Pattern.MULTILINE);

    /** While the server hashes its file, the artifact is hashed here, if that has not been done before. */
    Proof check(String path, String file, Artifact artifact) throws IOException {
        SftpChannel channel = client.channel();
        CompletableFuture<String> hashed = CompletableFuture.supplyAsync(() -> runInShell(channel, file), HASHING);
        Digest digest = artifact.digest();
        String hash = result(hashed);
        if (verify == Verify.NONE) {
            return Proof.NONE;
        }
        long size = client.channel().call(SftpRequest.stat(file)).attributes().size();
        if (size != digest.size()) {
            throw VerificationException.size(storage.toString(), path, size, digest.size());
        }
        if (verify == Verify.SIZE) {
            return Proof.SIZE;
        }
        Proof proof = hash == null ? Proof.READ_BACK : Proof.SHA256;
        String sha256 = hash == null ? readBack(file) : hash;
        if (!sha256.equals(digest.sha256())) {
            throw VerificationException.digest(storage.toString(), path, "SHA-256 " + sha256, digest.sha256());
        }
        return proof;
    }

    /**
     * Has the server sync the file to its disk, which not every server can be asked for by SFTP, and hash it if that is
     * wanted.
     *
     * @return null when it gives no shell, has no such tool, or its shell sees other files than its SFTP
     */
    private String runInShell(SftpChannel channel, String file) {
        String quoted = ShellWord.quoted(file);
        String hash = verify == Verify.AUTO
                ? "; openssl dgst -sha256 -r " + quoted + " || sha256sum " + quoted
                        + " || shasum -a 256 " + quoted
                : "";
        try {
            String output = channel.run("(sync " + quoted + hash + ") 2>/dev/null", InputStream.nullInputStream());
            Matcher line = SHA256.matcher(output == null ? "" : output);
            return line.find() ? line.group(1) : null;
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

    private String readBack(String file) throws IOException {
        try (InputStream in = new SftpReader(client.channel(), file, 0)) {
            return Hasher.of(in).sha256();
        }
    }
}
