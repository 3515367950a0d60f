package io.onedump.database.postgres;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Messages of PostgreSQL's protocol, read into one buffer. For one thread. */
final class PgMessages {

    private static final int HEAD = 5;

    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer;
    private String asked;
    private int from;
    private int to;
    private int at;
    private int end;

    /** @param size of the buffer; a message that is larger is read in parts */
    PgMessages(InputStream in, OutputStream out, int size) {
        this.in = in;
        this.out = new BufferedOutputStream(out, 1 << 16);
        this.buffer = new byte[size];
    }

    /** The first message, which has no type. */
    void begin(int code, byte[] content) throws IOException {
        out.write(ByteBuffer.allocate(8).putInt(content.length + 8).putInt(code).array());
        out.write(content);
        out.flush();
    }

    /** @param what is asked of which server from now on, for messages */
    void asking(String what) {
        asked = what;
    }

    void send(char type, byte[] content) throws IOException {
        head(type, content.length);
        write(content, 0, content.length);
        flush();
    }

    /** The head of a message, whose content follows by {@link #write}. */
    void head(char type, int length) throws IOException {
        write(ByteBuffer.allocate(HEAD).put((byte) type).putInt(length + 4).array(), 0, HEAD);
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private IOException lost(IOException e) {
        return asked == null ? e : new IOException(asked + ": " + e.getMessage(), e);
    }

    /**
     * The next message's type, when as much of it is in the buffer as there is room for.
     *
     * @param longest its content may be; nobody else's data is read into memory without end
     */
    int next(long longest) throws IOException {
        int type = head(longest);
        content(Math.min(left, buffer.length));
        return type;
    }

    private int left;

    private int head(long longest) throws IOException {
        if (at < end || left > 0) {
            skip();
        }
        need(HEAD);
        int type = buffer[from] & 0xff;
        left = ByteBuffer.wrap(buffer, from + 1, 4).getInt() - 4;
        from += HEAD;
        if (left < 0 || left > longest) {
            throw new IOException("the server sent a message of " + left + " bytes: it is no PostgreSQL server, or a"
                    + " broken one");
        }
        return type;
    }

    /** Has so much more of the message at hand, between {@link #offset} and {@link #limit}. */
    private void content(int count) throws IOException {
        need(count);
        at = from;
        end = from + count;
        from = end;
        left -= count;
    }

    /** What is left of a message that is not whole in the buffer. */
    boolean whole() {
        return left == 0;
    }

    /** The next part of one that is not. */
    void more() throws IOException {
        at = end;
        if (from == to) {
            fill(1);
        }
        content(Math.min(left, to - from));
    }

    private void skip() throws IOException {
        at = end;
        while (left > 0) {
            more();
        }
    }

    private void need(int count) throws IOException {
        if (to - from < count) {
            fill(count);
        }
    }

    private void fill(int count) throws IOException {
        if (buffer.length - from < count || from == to) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        while (to - from < count) {
            try {
                int read = in.read(buffer, to, buffer.length - to);
                if (read < 0) {
                    throw new EOFException("the server has closed the connection");
                }
                to += read;
            } catch (IOException e) {
                throw lost(e);
            }
        }
    }

    byte[] buffer() {
        return buffer;
    }

    int offset() {
        return at;
    }

    int limit() {
        return end;
    }

    /** Of a message that is whole. */
    int integer() throws IOException {
        at += 4;
        check();
        return ByteBuffer.wrap(buffer, at - 4, 4).getInt();
    }

    int shortInteger() throws IOException {
        at += 2;
        check();
        return ByteBuffer.wrap(buffer, at - 2, 2).getShort();
    }

    byte single() throws IOException {
        at++;
        check();
        return buffer[at - 1];
    }

    String text(int length) throws IOException {
        at += length;
        check();
        return new String(buffer, at - length, length, StandardCharsets.UTF_8);
    }

    private void check() throws IOException {
        if (at > end || at < 0) {
            throw new IOException("the server sent a message that is shorter than what it holds");
        }
    }

    /** Up to the next zero byte. */
    String text() throws IOException {
        int zero = at;
        while (zero < end && buffer[zero] != 0) {
            zero++;
        }
        String text = text(zero - at);
        single();
        return text;
    }

    byte[] rest() {
        byte[] rest = new byte[end - at];
        System.arraycopy(buffer, at, rest, 0, rest.length);
        at = end;
        return rest;
    }

    /** Of an error or a notice. */
    Map<Character, String> fields() throws IOException {
        Map<Character, String> fields = new HashMap<>();
        while (at < end) {
            char letter = (char) single();
            if (letter == 0) {
                break;
            }
            fields.put(letter, text());
        }
        return fields;
    }
}
