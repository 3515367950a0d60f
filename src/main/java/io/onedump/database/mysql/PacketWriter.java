package io.onedump.database.mysql;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Cuts a command of any length into packets while it is read. */
final class PacketWriter {

    private static final int HEADER = 4;
    private static final int SIZE = 1 << 16;

    private final OutputStream out;
    private final byte[] buffer = new byte[SIZE];

    PacketWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Sends a command and flushes.
     *
     * @param length how many bytes the argument has
     */
    void write(int command, InputStream argument, long length) throws IOException {
        long left = length + 1;
        boolean first = true;
        int sequence = 0;
        int packet;
        do {
            packet = (int) Math.min(left, PacketReader.MAX_PACKET);
            int filled = head(packet, sequence++);
            int rest = packet;
            if (first) {
                buffer[filled++] = (byte) command;
                rest--;
                first = false;
            }
            while (rest > 0) {
                int part = Math.min(rest, SIZE - filled);
                if (argument.readNBytes(buffer, filled, part) < part) {
                    throw new EOFException("a statement ends " + rest + " bytes too early");
                }
                out.write(buffer, 0, filled + part);
                rest -= part;
                filled = 0;
            }
            if (filled > 0) {
                out.write(buffer, 0, filled);
            }
            left -= packet;
            // A packet of that length is followed by another one, be it empty.
        } while (packet == PacketReader.MAX_PACKET);
        out.flush();
    }

    private int head(int length, int sequence) {
        buffer[0] = (byte) length;
        buffer[1] = (byte) (length >> 8);
        buffer[2] = (byte) (length >> 16);
        buffer[3] = (byte) sequence;
        return HEADER;
    }
}
