package io.onedump.artifact;

import java.io.IOException;
import java.io.OutputStream;

/** Gathers small writes of a compressor into larger appends. Closing flushes; it does not end the sink. */
final class SinkOutputStream extends OutputStream {

    private final Sink sink;
    private final byte[] buffer = new byte[256 * 1024];
    private int filled;

    SinkOutputStream(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.length - filled) {
            drain();
        }
        if (length >= buffer.length) {
            sink.append(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, buffer, filled, length);
            filled += length;
        }
    }

    @Override
    public void close() throws IOException {
        drain();
    }

    private void drain() throws IOException {
        if (filled > 0) {
            sink.append(buffer, 0, filled);
            filled = 0;
        }
    }
}
