package io.onedump.encrypt.age;

import java.io.IOException;
import java.io.InputStream;

import javax.crypto.SecretKey;

/** Opens chunk after chunk: no byte of one is given away before all of it is proved to be what was sealed. */
final class OpeningInputStream extends ChunkedInputStream {

    private final InputStream sealed;
    private final ChunkCipher cipher;
    private final byte[] in = new byte[Chunks.SEALED + 1];
    private final byte[] out = new byte[Chunks.PLAIN + Chunks.TAG];
    private final long stop;
    private final long last;
    private long number;
    private int ahead;
    private boolean ended;

    /** All chunks, to the end of the stream. */
    OpeningInputStream(InputStream sealed, SecretKey key) {
        this(sealed, key, 0, Long.MAX_VALUE, -1);
    }

    /**
     * @param sealed from chunk {@code first} on
     * @param stop   the chunk before which it ends
     * @param last   the payload's last chunk, -1 when only the end of the stream tells
     */
    OpeningInputStream(InputStream sealed, SecretKey key, long first, long stop, long last) {
        this.sealed = sealed;
        this.cipher = new ChunkCipher(key);
        this.number = first;
        this.stop = stop;
        this.last = last;
    }

    @Override
    public void close() throws IOException {
        sealed.close();
    }

    @Override
    boolean next() throws IOException {
        if (ended || number >= stop) {
            return false;
        }
        // One byte more than a chunk: whether anything follows tells whether it is the last.
        int wanted = last < 0 ? in.length : Chunks.SEALED;
        int length = ahead + sealed.readNBytes(in, ahead, wanted - ahead);
        boolean end = last < 0 ? length < in.length : number == last;
        int chunk = Math.min(length, Chunks.SEALED);
        if (chunk < Chunks.TAG || !end && chunk < Chunks.SEALED) {
            throw Chunks.cutOff();
        }
        int opened = cipher.open(number, end, in, chunk, out);
        if (opened < 0) {
            throw refused(chunk, end);
        }
        if (opened == 0 && number > 0) {
            throw new SealException("the seal is damaged: its last chunk is empty");
        }
        ended = end;
        ahead = length - chunk;
        in[0] = in[chunk];
        number++;
        give(out, opened);
        return true;
    }

    /** Not what was sealed as that chunk, or what was sealed as one that stands elsewhere. */
    private SealException refused(int chunk, boolean end) {
        if (cipher.open(number, !end, in, chunk, out) >= 0) {
            return end ? Chunks.cutOff() : new SealException("the seal is damaged: bytes follow its end");
        }
        return end && chunk < Chunks.SEALED
                ? new SealException("the seal is damaged or cut off: its last chunk is not what was sealed")
                : new SealException("the seal is damaged: bytes " + number * Chunks.PLAIN + " to "
                        + (number + 1) * Chunks.PLAIN + " are not what was sealed");
    }
}
