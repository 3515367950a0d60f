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

    /** {@code SSH_FXE_STATVFS_ST_RDONLY} */
    private static final int READ_ONLY = 0x1;

    private static final int HAS_SIZE = 0x1;
    private static final int HAS_OWNER = 0x2;
    private static final int HAS_PERMISSIONS = 0x4;
    private static final int HAS_TIMES = 0x8;
    private static final int HAS_MORE = 0x80000000;

    /** An entry of a folder has at least the lengths of its two names and the flags of its attributes. */
    private static final int SMALLEST_ENTRY = 12;
    private static final int SMALLEST_PAIR = 8;

    private final SftpAction action;
    private final int type;
    private final ByteBuffer body;

    /**
     * @param action what was asked for
     * @param type   of the packet
     * @param body   what follows type and number
     */
    SftpReply(SftpAction action, int type, ByteBuffer body) {
        this.action = action;
        this.type = type;
        this.body = body;
    }

    /** The server's extensions. */
    Set<String> extensions() throws IOException {
        expect(VERSION);
        number();
        Set<String> names = new HashSet<>();
        while (body.hasRemaining()) {
            names.add(text());
            text();
        }
        return names;
    }

    /** Nothing, if all is well. */
    public void ok() throws IOException {
        if (type != STATUS) {
            throw unexpected();
        }
        int code = number();
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

    /** Some entries of a folder, without what cannot be the name of one; null after the last. */
    public List<Entry> entries() throws IOException {
        if (isEnd()) {
            return null;
        }
        expect(NAMES);
        int count = count(SMALLEST_ENTRY);
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = text();
            bytes();
            SftpAttributes attributes = readAttributes();
            if (isName(name)) {
                entries.add(new Entry(name, attributes));
            }
        }
        return entries;
    }

    /** The folder itself and the one above it are left out, and so is what would lead elsewhere. */
    private static boolean isName(String name) {
        return !name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0
                && name.indexOf('\0') < 0;
    }

    /** What is left of a file system: {@code f_frsize} times {@code f_bavail}, {@code f_favail} and {@code f_flag}. */
    SftpSpace space() throws IOException {
        expect(EXTENDED);
        long[] numbers = new long[10];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = longNumber();
        }
        boolean countsFiles = numbers[5] != 0;
        return new SftpSpace(numbers[1] * numbers[4], countsFiles ? numbers[7] : Long.MAX_VALUE,
                (numbers[9] & READ_ONLY) != 0);
    }

    /** Bytes of data in one write at most, as {@code limits@openssh.com} tells them. */
    long maximumWrite() throws IOException {
        expect(EXTENDED);
        longNumber();
        longNumber();
        long most = longNumber();
        return most == 0 ? Long.MAX_VALUE : most;
    }

    private boolean isEnd() {
        return type == STATUS && body.remaining() >= 4
                && body.getInt(body.position()) == SftpStatusException.EOF;
    }

    private SftpStatusException refusal(int code) throws SftpProtocolException {
        String said = body.hasRemaining() ? text() : "";
        return new SftpStatusException(action, code, said.isBlank() ? "code " + code : said);
    }

    private SftpProtocolException unexpected() {
        return new SftpProtocolException("a packet of type " + type + " is no answer when asked to " + action);
    }

    private void expect(int expected) throws IOException {
        if (type == STATUS) {
            throw refusal(number());
        }
        if (type != expected) {
            throw unexpected();
        }
    }

    private SftpAttributes readAttributes() throws SftpProtocolException {
        int flags = number();
        long size = (flags & HAS_SIZE) == 0 ? -1 : longNumber();
        if ((flags & HAS_SIZE) != 0 && size < 0) {
            throw new SftpProtocolException("a file has " + Long.toUnsignedString(size) + " bytes");
        }
        if ((flags & HAS_OWNER) != 0) {
            longNumber();
        }
        int permissions = (flags & HAS_PERMISSIONS) == 0 ? 0 : number();
        long modified = 0;
        if ((flags & HAS_TIMES) != 0) {
            number();
            modified = Integer.toUnsignedLong(number());
        }
        if ((flags & HAS_MORE) != 0) {
            for (int pairs = count(SMALLEST_PAIR); pairs > 0; pairs--) {
                bytes();
                bytes();
            }
        }
        return new SftpAttributes(size, permissions, Instant.ofEpochSecond(modified));
    }

    private int number() throws SftpProtocolException {
        require(4);
        return body.getInt();
    }

    private long longNumber() throws SftpProtocolException {
        require(8);
        return body.getLong();
    }

    /** Of things of which each takes at least that many bytes. */
    private int count(int smallest) throws SftpProtocolException {
        int count = number();
        if (count < 0 || count > body.remaining() / smallest) {
            throw new SftpProtocolException("a packet of " + body.limit() + " bytes says that it holds "
                    + Integer.toUnsignedString(count) + " things");
        }
        return count;
    }

    private byte[] bytes() throws SftpProtocolException {
        byte[] bytes = new byte[count(1)];
        body.get(bytes);
        return bytes;
    }

    private void require(int length) throws SftpProtocolException {
        if (body.remaining() < length) {
            throw new SftpProtocolException("a packet of " + body.limit() + " bytes ends too early when asked to "
                    + action);
        }
    }

    private String text() throws SftpProtocolException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** A name in a folder. */
    public record Entry(String name, SftpAttributes attributes) {
    }
}
