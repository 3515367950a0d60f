package io.onedump.artifact.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.onedump.artifact.BulkInputStream;

/** Counts the bytes that pass, remembers the last of them, and since when a read has been waiting. */
final class TailInputStream extends BulkInputStream {

    private final byte[] tail = new byte[Completion.TAIL];
    private long count;
    private volatile long waitingSince;

    TailInputStream(InputStream in) {
        super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        waitingSince = System.nanoTime();
        int read;
        try {
            read = in.read(bytes, offset, length);
        } finally {
            waitingSince = 0;
        }
        if (read > 0) {
            keep(bytes, offset, read);
            count += read;
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    long count() {
        return count;
    }

    /** How long the read that is under way has been waiting, in nanoseconds; 0 when none is. */
    long waitedNanos() {
        long since = waitingSince;
        return since == 0 ? 0 : System.nanoTime() - since;
    }

    /** The last bytes, at most {@link Completion#TAIL}, one char a byte. */
    String tail() {
        int length = (int) Math.min(count, tail.length);
        return new String(tail, tail.length - length, length, StandardCharsets.ISO_8859_1);
    }

    private void keep(byte[] bytes, int offset, int read) {
        int kept = Math.min(read, tail.length);
        System.arraycopy(tail, kept, tail, 0, tail.length - kept);
        System.arraycopy(bytes, offset + read - kept, tail, tail.length - kept, kept);
    }
}
