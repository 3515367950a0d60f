package io.onedump.encrypt.age;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.SecretKey;

import com.exceptionfactory.jagged.framework.format.StandardPayloadKeyWriter;
import io.onedump.artifact.Threads;

/**
 * A seal for the bytes of one artifact, with a key of its own: the same bytes come out the same each time. Never for
 * different bytes, because who has two such payloads can tell what the difference is.
 */
public final class Seal {

    /** Version, MAC and nonce. */
    private static final int HEAD = 256;
    private static final int LONGEST_STANZA = 128;

    private final byte[] header;
    private final SecretKey key;

    private Seal(byte[] header, SecretKey key) {
        this.header = header;
        this.key = key;
    }

    /** A new one, with a new key. */
    public static Seal forRecipients(Recipients recipients) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + LONGEST_STANZA * recipients.writers().size());
        try {
            SecretKey key = new StandardPayloadKeyWriter().writeFileHeader(bytes, recipients.writers());
            return new Seal(Arrays.copyOf(bytes.array(), bytes.position()), key);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot seal: " + e.getMessage(), e);
        }
    }

    /**
     * The bytes, sealed as they are read. A failure of {@code plain} is a failure of the stream, which then has no end
     * that anybody could take for one; closing it closes {@code plain}.
     *
     * @param threads at least two of them for sealing; not closed
     */
    public InputStream seal(InputStream plain, Threads.Pool threads) {
        return new SealingInputStream(header, key, plain, threads);
    }

    /** How many bytes come out of so many. */
    public long sealedSize(long plain) {
        long chunks = Math.max(1, (plain + Chunks.PLAIN - 1) / Chunks.PLAIN);
        return header.length + plain + chunks * Chunks.TAG;
    }

    @Override
    public String toString() {
        return "Seal[" + header.length + " bytes of header]";
    }
}
