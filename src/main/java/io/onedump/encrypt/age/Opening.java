package io.onedump.encrypt.age;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import javax.crypto.SecretKey;

import io.onedump.artifact.ByteRanges;

/** Opens what is sealed. Failures do not name the file: who opens it does. */
public final class Opening {

    /** Enough for the header of some hundred recipients. */
    private static final int HEAD = 16 * 1024;
    private static final int BUFFER = 128 * 1024;

    private Opening() {
    }

    /** Whether what begins with these bytes is sealed. */
    public static boolean isSealed(byte[] head) {
        return Header.begins(head);
    }

    /**
     * The bytes that were sealed, each given away only when it is proved; the end of the stream is proved to be theirs.
     * Closing it closes {@code sealed}.
     *
     * @throws IdentityException when nothing that was given opens it, before a byte is read of the payload
     * @throws SealException     when it is damaged, also from the stream
     */
    public static InputStream stream(InputStream sealed, Identities identities) throws IOException {
        BufferedInputStream in = new BufferedInputStream(sealed, BUFFER);
        try {
            SecretKey key = Header.read(in).open(identities);
            return new OpeningInputStream(in, key);
        } catch (IOException | RuntimeException e) {
            try (in) {
                throw e;
            }
        }
    }

    /**
     * The bytes that were sealed, of which any part can be read: no more is read of what is sealed than the chunks that
     * hold it. The header and the last chunk are read and proved now, and so the size.
     *
     * @throws IdentityException when nothing that was given opens it
     * @throws SealException     when it is damaged, also from the streams
     */
    public static ByteRanges ranges(ByteRanges sealed, Identities identities) throws IOException {
        long size = sealed.size();
        Header header = header(sealed, size);
        SecretKey key = header.open(identities);
        int start = header.bytes().length;
        long plain = Chunks.plainSize(size - start);
        SealedRanges ranges = new SealedRanges(sealed, key, start, plain);
        ranges.proveEnd();
        return ranges;
    }

    private static Header header(ByteRanges sealed, long size) throws IOException {
        int length = (int) Math.min(HEAD, size);
        byte[] head;
        try (InputStream in = sealed.open(0, length)) {
            head = in.readNBytes(length);
        }
        try {
            return Header.read(new ByteArrayInputStream(head));
        } catch (SealException e) {
            if (!isSealed(head) || length == size) {
                throw e;
            }
        }
        try (InputStream in = new BufferedInputStream(sealed.open(0, size))) {
            return Header.read(in);
        }
    }

    private static final class SealedRanges implements ByteRanges {

        private final ByteRanges sealed;
        private final SecretKey key;
        private final int start;
        private final long size;
        private final long last;
        private byte[] end;

        SealedRanges(ByteRanges sealed, SecretKey key, int start, long size) {
            this.sealed = sealed;
            this.key = key;
            this.start = start;
            this.size = size;
            this.last = Math.max(0, (size - 1) / Chunks.PLAIN);
        }

        void proveEnd() throws IOException {
            try (InputStream in = chunks(last, last)) {
                end = in.readAllBytes();
            }
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public boolean isNear() {
            return sealed.isNear();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            long from = Math.min(offset, size);
            long first = Math.min(last, from / Chunks.PLAIN);
            int within = (int) (from - first * Chunks.PLAIN);
            if (first == last) {
                return new ByteArrayInputStream(Arrays.copyOfRange(end, within, end.length));
            }
            long wanted = Math.min(Math.max(1, length), size - from);
            InputStream in = chunks(first, (from + wanted - 1) / Chunks.PLAIN);
            try {
                in.skipNBytes(within);
                return in;
            } catch (IOException e) {
                try (in) {
                    throw e;
                }
            }
        }

        private InputStream chunks(long first, long to) throws IOException {
            long length = to == last
                    ? size - first * Chunks.PLAIN + (to - first + 1) * Chunks.TAG
                    : (to - first + 1) * Chunks.SEALED;
            return new OpeningInputStream(sealed.open(start + first * Chunks.SEALED, length), key, first, to + 1,
                    last);
        }
    }
}
