package io.onedump.storage.s3;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.zip.CRC32;

import io.onedump.artifact.BulkInputStream;
import io.onedump.storage.PartSource;
import software.amazon.awssdk.http.ContentStreamProvider;

/** Gives the client a part as often as it wants it, and computes on the way what proves its arrival. */
final class PartContent implements ContentStreamProvider, Closeable {

    private final PartSource.Part part;
    private final boolean withMd5;
    private InputStream current;
    private PartDigest digest;

    /** @param withMd5 whether an MD5 is wanted, which costs far more than the rest */
    PartContent(PartSource.Part part, boolean withMd5) {
        this.part = part;
        this.withMd5 = withMd5;
        if (part.length() == 0) {
            digest = PartDigest.of(0, new CRC32(), withMd5 ? PartDigest.newMd5() : null);
        }
    }

    @Override
    public InputStream newStream() {
        close();
        current = new Hashing(part.open());
        return current;
    }

    /** Of what was read last; null when the part was never read to its end. */
    PartDigest digest() {
        return digest;
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

    private final class Hashing extends BulkInputStream {

        private final CRC32 crc32 = new CRC32();
        private final MessageDigest md5 = withMd5 ? PartDigest.newMd5() : null;
        private long remaining = part.length();

        Hashing(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                crc32.update(bytes, offset, read);
                if (md5 != null) {
                    md5.update(bytes, offset, read);
                }
                remaining -= read;
                if (remaining == 0) {
                    digest = PartDigest.of(part.length(), crc32, md5);
                }
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
