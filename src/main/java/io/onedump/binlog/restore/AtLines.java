package io.onedump.binlog.restore;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Passes the output of mysqlbinlog on and remembers the position in the newest comment {@code # at 4711}: that event,
 * at least, was decoded.
 */
final class AtLines extends OutputStream {

    private static final byte[] MARK = "# at ".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private int matched;
    private long number;
    private long newest = -1;

    AtLines(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            see(bytes[i]);
        }
        out.write(bytes, offset, length);
    }

    private void see(byte b) {
        if (b == '\n') {
            if (matched > MARK.length) {
                newest = number;
            }
            matched = 0;
            number = 0;
        } else if (matched >= 0 && matched < MARK.length) {
            matched = b == MARK[matched] ? matched + 1 : -1;
        } else if (matched >= MARK.length) {
            if (b >= '0' && b <= '9') {
                number = number * 10 + b - '0';
                matched = MARK.length + 1;
            } else {
                matched = -1;
            }
        }
    }

    /** -1 before the first one. */
    long newest() {
        return newest;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
