package io.onedump.ssh.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One answer of an SFTP server; each method expects one kind and throws what the server says instead. */
public final class SftpReply {

    private static final int VERSION = 2;
    private static final int STATUS = 101;
    private static final int HANDLE = 102;
    private static final int DATA = 103;
    private static final int NAMES = 104;
    private static final int ATTRIBUTES = 105;
    private static final int EXTENDED = 201;

    private static final int HAS_SIZE = 0x1;
    private static final int HAS_OWNER = 0x2;
    private static final int HAS_PERMISSIONS = 0x4;
    private static final int HAS_TIMES = 0x8;
    private static final int HAS_MORE = 0x80000000;

    private final int type;
    private final ByteBuffer body;

    /** @param packet without its length */
    SftpReply(ByteBuffer packet) {
        this.type = Byte.toUnsignedInt(packet.get());
        this.body = packet;
    }

    /** The number of the request; not for the first answer, which has none. */
    int number() {
        return body.getInt();
    }

    /** The server's extensions. */
    Set<String> extensions() throws IOException {
        expect(VERSION);
        body.getInt();
        Set<String> names = new HashSet<>();
        while (body.hasRemaining()) {
            names.add(text());
            text();
        }
        return names;
    }

    /** Nothing, if all is well. */
    public void ok() throws SftpStatusException {
        int code = status();
        if (code != SftpStatusException.OK) {
            throw refusal(code);
        }
    }

    public byte[] handle() throws IOException {
        expect(HANDLE);
        return bytes();
    }

    public SftpAttributes attributes() throws IOException {
        expect(ATTRIBUTES);
        return readAttributes();
    }

    /** The bytes that were read; null after the end of the file. */
    public byte[] data() throws IOException {
        if (isEnd()) {
            return null;
        }
        expect(DATA);
        return bytes();
    }

    /** Some entries of a folder; null after the last. */
    public List<Entry> entries() throws IOException {
        if (isEnd()) {
            return null;
        }
        expect(NAMES);
        int count = body.getInt();
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = text();
            bytes();
            entries.add(new Entry(name, readAttributes()));
        }
        return entries;
    }

    /** Bytes that this account may still write: {@code f_frsize} times {@code f_bavail}. */
    public long freeBytes() throws IOException {
        expect(EXTENDED);
        int start = body.position();
        return body.getLong(start + 8) * body.getLong(start + 32);
    }

    /** Bytes of data in one write at most, as {@code limits@openssh.com} tells them. */
    long maximumWrite() throws IOException {
        expect(EXTENDED);
        long most = body.getLong(body.position() + 16);
        return most == 0 ? Long.MAX_VALUE : most;
    }

    private boolean isEnd() {
        return type == STATUS && body.getInt(body.position()) == SftpStatusException.EOF;
    }

    private int status() {
        if (type != STATUS) {
            throw new IllegalStateException("the server answered with a packet of type " + type + " instead of a"
                    + " status");
        }
        return body.getInt();
    }

    private SftpStatusException refusal(int code) {
        return new SftpStatusException(code, body.hasRemaining() ? text() : "code " + code);
    }

    private void expect(int expected) throws IOException {
        if (type == STATUS) {
            throw refusal(body.getInt());
        }
        if (type != expected) {
            throw new IOException("the server answered with a packet of type " + type + " instead of " + expected);
        }
    }

    private SftpAttributes readAttributes() {
        int flags = body.getInt();
        long size = (flags & HAS_SIZE) == 0 ? -1 : body.getLong();
        if ((flags & HAS_OWNER) != 0) {
            body.getLong();
        }
        int permissions = (flags & HAS_PERMISSIONS) == 0 ? 0 : body.getInt();
        long modified = 0;
        if ((flags & HAS_TIMES) != 0) {
            body.getInt();
            modified = Integer.toUnsignedLong(body.getInt());
        }
        if ((flags & HAS_MORE) != 0) {
            for (int pairs = body.getInt(); pairs > 0; pairs--) {
                bytes();
                bytes();
            }
        }
        return new SftpAttributes(size, permissions, Instant.ofEpochSecond(modified));
    }

    private byte[] bytes() {
        byte[] bytes = new byte[body.getInt()];
        body.get(bytes);
        return bytes;
    }

    private String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** A name in a folder. */
    public record Entry(String name, SftpAttributes attributes) {
    }
}
