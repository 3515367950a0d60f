package io.onedump.storage.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.Digest;
import io.onedump.artifact.Hasher;
import io.onedump.ssh.ShellWord;
import io.onedump.ssh.sftp.SftpReader;
import io.onedump.ssh.sftp.SftpRequest;
import io.onedump.storage.Proof;
import io.onedump.storage.VerificationException;
import io.onedump.storage.Verify;

/**
 * Compares a file on the server with what was sent. Where the server gives a shell, the server itself syncs and hashes the
 * file, else it is read back.
 */
record SftpVerification(SftpStorage storage, SftpClient client, Verify verify) {

    private static final Pattern SHA256 = Pattern.compile("^\\\\?([0-9a-f]{64}) ", Pattern.MULTILINE);

    Proof check(String path, String file, Digest digest) throws IOException {
        String hash = runInShell(file);
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
     * Has the server sync the file to its disk, which not every server can be asked for by SFTP, and hash it if that is wanted.
     *
     * @return null when it gives no shell, has no such tool, or its shell sees other files than its SFTP
     */
    private String runInShell(String file) throws IOException {
        String quoted = ShellWord.quoted(file);
        String hash = verify == Verify.AUTO ? "; openssl dgst -sha256 -r " + quoted + " || sha256sum " + quoted
                + " || shasum -a 256 " + quoted : "";
        String output = client.channel().run("(sync " + quoted + hash + ") 2>/dev/null", InputStream.nullInputStream());
        if (output == null) {
            return null;
        }
        Matcher line = SHA256.matcher(output);
        return line.find() ? line.group(1) : null;
    }

    private String readBack(String file) throws IOException {
        try (InputStream in = new SftpReader(client.channel(), file, 0)) {
            return Hasher.of(in).sha256();
        }
    }
}
