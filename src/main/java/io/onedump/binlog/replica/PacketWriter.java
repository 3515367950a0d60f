package io.onedump.binlog.replica;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.onedump.database.mysql.PacketReader;

/** The server's side of the protocol: packets with their sequence numbers, and what is in them. */
final class PacketWriter {

    private static final int BUFFER = 1 << 16;
    private static final int VAR_STRING = 0xfd;
    private static final int UTF8 = 33;
    private static final byte[] OK = {0, 0, 0, 2, 0, 0, 0};
    private static final byte[] END = {(byte) 0xfe, 0, 0, 2, 0};

    private final OutputStream out;
    private final byte[] chunk = new byte[BUFFER];
    private int sequence;

    PacketWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out, BUFFER);
    }

    /** The next packet answers one with this number. */
    void answer(int received) {
        sequence = received + 1;
    }

    void packet(byte[] payload) throws IOException {
        header(payload.length);
        out.write(payload);
    }

    /** An event as replicas get it: a zero, then its bytes, in as many packets as it takes. */
    void event(byte[] event) throws IOException {
        byte[] payload = new byte[event.length + 1];
        System.arraycopy(event, 0, payload, 1, event.length);
        packet(payload);
    }

    /** The same for an event of any length. */
    void event(InputStream event, long length) throws IOException {
        long left = length + 1;
        boolean first = true;
        int size;
        do {
            size = (int) Math.min(PacketReader.MAX_PACKET, left);
            header(size);
            int body = size;
            if (first) {
                out.write(0);
                body--;
                first = false;
            }
            copy(event, body);
            left -= size;
        } while (size == PacketReader.MAX_PACKET);
    }

    private void copy(InputStream from, int count) throws IOException {
        int left = count;
        while (left > 0) {
            int read = from.read(chunk, 0, Math.min(chunk.length, left));
            if (read < 0) {
                throw new IOException("the archived file ends in the middle of an event");
            }
            out.write(chunk, 0, read);
            left -= read;
        }
    }

    void ok() throws IOException {
        packet(OK);
        flush();
    }

    void error(int code, String message) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(0xff);
        payload.write(code);
        payload.write(code >> 8);
        payload.writeBytes(("#HY000" + message).getBytes(StandardCharsets.UTF_8));
        packet(payload.toByteArray());
        flush();
    }

    /** A result of one row; null values are SQL's NULL. */
    void row(List<String> values) throws IOException {
        packet(new byte[] {(byte) values.size()});
        for (int i = 0; i < values.size(); i++) {
            ByteArrayOutputStream column = new ByteArrayOutputStream();
            for (String text : Arrays.asList("def", "", "", "", "c" + i, "")) {
                string(column, text);
            }
            column.writeBytes(new byte[] {0x0c, UTF8, 0, 0, 1, 0, 0, (byte) VAR_STRING, 0, 0, 0, 0, 0});
            packet(column.toByteArray());
        }
        packet(END);
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        values.forEach(value -> string(row, value));
        packet(row.toByteArray());
        packet(END);
        flush();
    }

    /** Only short ones are needed. */
    private static void string(ByteArrayOutputStream out, String text) {
        if (text == null) {
            out.write(0xfb);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    void flush() throws IOException {
        out.flush();
    }

    private void header(int length) throws IOException {
        out.write(length);
        out.write(length >> 8);
        out.write(length >> 16);
        out.write(sequence++);
    }
}
