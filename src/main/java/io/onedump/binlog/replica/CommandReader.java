package io.onedump.binlog.replica;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads what a replica sends: short packets, one at a time. */
final class CommandReader {

    private final DataInputStream in;
    private int sequence;

    CommandReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    byte[] next() throws IOException {
        byte[] header = new byte[4];
        in.readFully(header);
        sequence = header[3] & 0xff;
        byte[] payload = new byte[(header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16];
        in.readFully(payload);
        return payload;
    }

    /** Of the newest packet. */
    int sequence() {
        return sequence;
    }
}
