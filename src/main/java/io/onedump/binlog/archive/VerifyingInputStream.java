package io.onedump.binlog.archive;

import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.BulkInputStream;
import io.onedump.artifact.Digest;
import io.onedump.artifact.Hasher;

/** Compares the bytes that pass with the size and SHA-256 they should have; the answer comes at their end. */
final class VerifyingInputStream extends BulkInputStream {

    private static final int BUFFER = 64 * 1024;

    private final long size;
    private final String sha256;
    private final Hasher hasher = new Hasher();
    private boolean ended;

    VerifyingInputStream(InputStream in, long size, String sha256) {
        super(in);
        this.size = size;
        this.sha256 = sha256;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            hasher.update(bytes, offset, read);
        } else if (read < 0 && !ended) {
            ended = true;
            compare(hasher.digest());
        }
        return read;
    }

    /** What is skipped counts too. */
    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.min(BUFFER, Math.max(0, count))];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads to the end, which decompressors need not do. */
    void drain() throws IOException {
        byte[] rest = new byte[BUFFER];
        int read;
        do {
            read = read(rest, 0, rest.length);
        } while (read >= 0);
    }

    private void compare(Digest found) throws IOException {
        if (found.size() != size) {
            throw new IOException("it has " + found.size() + " bytes, not " + size + " as its manifest says");
        }
        if (!found.sha256().equals(sha256)) {
            throw new IOException("it has SHA-256 " + found.sha256() + ", not " + sha256 + " as its manifest says");
        }
    }
}
