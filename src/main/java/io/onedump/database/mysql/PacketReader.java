package io.onedump.database.mysql;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

import io.onedump.database.AnswerWatch;

/**
 * Cuts a server's stream into payloads, in place: {@link #next()} makes one available between {@link #offset()} and
 * {@link #limit()} of {@link #buffer()}, valid until the next call. A payload larger than the buffer, or sent as
 * several packets because it has 2^24-1 bytes or more, comes in several parts.
 *
 * @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html">MySQL packets</a>
 */
public final class PacketReader {

    /** A packet of this length is continued by the next one, which may be empty. */
    public static final int MAX_PACKET = 0xffffff;

    private static final int HEADER = 4;
    /** Hundreds of connections wait for a server to say something: a large buffer is for those that say much. */
    private static final int SMALLEST = 8 << 10;
    private static final int LARGEST = 256 << 10;

    private final InputStream in;
    private byte[] buffer = new byte[SMALLEST];
    private int read;
    private int filled;
    private int offset;
    private int limit;
    private int leftInPacket;
    private boolean continued;
    private boolean first;
    private AnswerWatch watch;
    private Duration longest;

    public PacketReader(InputStream in) {
        this.in = in;
    }

    /** Has each part that is not there yet arrive within that time, though a byte of it may come now and then. */
    void limit(AnswerWatch watch, Duration longest) {
        this.watch = watch;
        this.longest = longest;
    }

    /** Another one after a call of {@link #next()} than before it, when the server says more at a time. */
    public byte[] buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    public int limit() {
        return limit;
    }

    /** Whether the part at hand begins a payload. */
    public boolean first() {
        return first;
    }

    /** Whether the part at hand ends its payload. */
    public boolean last() {
        return leftInPacket == 0 && !continued;
    }

    /** Whether {@link #next()} would have to wait for the network. */
    public boolean dry() throws IOException {
        return filled - read < HEADER && in.available() == 0;
    }

    /**
     * Moves to the next part.
     *
     * @throws EOFException when the server has closed the connection
     */
    public void next() throws IOException {
        first = last();
        if (leftInPacket == 0) {
            fill(HEADER);
            int length = (buffer[read] & 0xff) | (buffer[read + 1] & 0xff) << 8 | (buffer[read + 2] & 0xff) << 16;
            read += HEADER;
            continued = length == MAX_PACKET;
            leftInPacket = length;
        }
        int part = Math.min(leftInPacket, LARGEST - HEADER);
        fill(part);
        offset = read;
        limit = read + part;
        read = limit;
        leftInPacket -= part;
    }

    /** One packet of a payload of less than {@link #MAX_PACKET} bytes. */
    static byte[] packet(int sequence, byte[] payload) {
        int length = payload.length;
        if (length >= MAX_PACKET) {
            throw new IllegalArgumentException("a command of " + length + " bytes is too long");
        }
        byte[] packet = new byte[HEADER + length];
        packet[0] = (byte) length;
        packet[1] = (byte) (length >> 8);
        packet[2] = (byte) (length >> 16);
        packet[3] = (byte) sequence;
        System.arraycopy(payload, 0, packet, HEADER, length);
        return packet;
    }

    /**
     * The next payload as a whole, however many packets it took.
     *
     * @throws IOException when it has more bytes than {@code longest}
     */
    public byte[] payload(int longest) throws IOException {
        next();
        if (leftInPacket > longest - (limit - offset)) {
            throw tooLong(longest);
        }
        byte[] whole = Arrays.copyOfRange(buffer, offset, limit);
        while (!last()) {
            next();
            if (leftInPacket > longest - whole.length - (limit - offset)) {
                throw tooLong(longest);
            }
            int end = whole.length;
            whole = Arrays.copyOf(whole, end + limit - offset);
            System.arraycopy(buffer, offset, whole, end, limit - offset);
        }
        return whole;
    }

    private static IOException tooLong(int longest) {
        return new IOException("the server sent a packet of more than " + longest + " bytes");
    }

    private void fill(int bytes) throws IOException {
        if (filled - read >= bytes) {
            return;
        }
        if (read + bytes > buffer.length || read == filled) {
            moveToTheStart(Math.max(bytes, buffer.length));
        }
        if (watch == null) {
            receive(bytes);
            return;
        }
        watch.begin(longest);
        try {
            receive(bytes);
        } catch (IOException e) {
            throw watch.explain(e);
        } finally {
            watch.end();
        }
    }

    private void receive(int bytes) throws IOException {
        while (filled - read < bytes) {
            int got = in.read(buffer, filled, buffer.length - filled);
            if (got < 0) {
                throw new EOFException("the server closed the connection");
            }
            filled += got;
            if (filled == buffer.length && buffer.length < LARGEST) {
                moveToTheStart(2 * buffer.length);
            }
        }
    }

    /** @param size that the buffer has at least from now on */
    private void moveToTheStart(int size) {
        byte[] from = buffer;
        if (size > buffer.length) {
            buffer = new byte[Math.min(LARGEST, Integer.highestOneBit(size - 1) << 1)];
        }
        System.arraycopy(from, read, buffer, 0, filled - read);
        filled -= read;
        read = 0;
    }
}
