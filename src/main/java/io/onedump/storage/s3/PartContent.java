package io.onedump.storage.s3;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import io.onedump.storage.PartSource;
import software.amazon.awssdk.http.ContentStreamProvider;

/** Gives the client a part as often as it wants it, and computes its MD5 on the way if told to. */
final class PartContent implements ContentStreamProvider, Closeable {

    private final PartSource.Part part;
    private final boolean hashed;
    private InputStream current;
    private byte[] md5;

    PartContent(PartSource.Part part, boolean hashed) {
        this.part = part;
        this.hashed = hashed;
    }

    @Override
    public InputStream newStream() {
        close();
        current = hashed ? new Hashing(part.open()) : part.open();
        return current;
    }

    /** Null when it was not wanted or the part was not read to its end. */
    byte[] md5() {
        return md5;
    }

    @Override
    public void close() {
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                // It was only read from.
            }
        }
    }

    private final class Hashing extends FilterInputStream {

        private final MessageDigest digest = newMd5();
        private long remaining = part.length();

        Hashing(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                digest.update(bytes, offset, read);
                remaining -= read;
                if (remaining == 0) {
                    md5 = digest.digest();
                }
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
