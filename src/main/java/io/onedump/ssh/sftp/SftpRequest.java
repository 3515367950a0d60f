package io.onedump.ssh.sftp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One request of SFTP version 3 (draft-ietf-secsh-filexfer-02), without its number. */
public final class SftpRequest {

    private static final int INIT = 1;
    private static final int OPEN = 3;
    private static final int CLOSE = 4;
    private static final int READ = 5;
    private static final int WRITE = 6;
    private static final int OPEN_FOLDER = 11;
    private static final int READ_FOLDER = 12;
    private static final int REMOVE = 13;
    private static final int MAKE_FOLDER = 14;
    private static final int STAT = 17;
    private static final int RENAME = 18;
    private static final int EXTENDED = 200;
    private static final int SET_HANDLE_ATTRIBUTES = 10;
    private static final int SIZE_ATTRIBUTE = 1;

    private static final int VERSION = 3;
    private static final int FLAG_READ = 0x1;
    private static final int FLAG_WRITE = 0x2;
    private static final int FLAG_CREATE = 0x8;
    private static final int FLAG_TRUNCATE = 0x10;

    private final SftpAction action;
    private final byte type;
    private final ByteBuffer head;
    private final byte[] data;
    private final int offset;
    private final int length;

    private SftpRequest(SftpAction action, int type, ByteBuffer head, byte[] data, int offset, int length) {
        this.action = action;
        this.type = (byte) type;
        this.head = head.flip();
        this.data = data;
        this.offset = offset;
        this.length = length;
    }

    static SftpRequest init() {
        return plain(SftpAction.LOG_IN, INIT, ByteBuffer.allocate(4).putInt(VERSION));
    }

    public static SftpRequest read(String path) {
        return open(SftpAction.READ, path, FLAG_READ);
    }

    /** Opens for writing, from nothing. */
    public static SftpRequest create(String path) {
        return open(SftpAction.WRITE, path, FLAG_WRITE | FLAG_CREATE | FLAG_TRUNCATE);
    }

    /** Opens for writing and leaves what is there. */
    public static SftpRequest update(String path) {
        return open(SftpAction.WRITE, path, FLAG_WRITE | FLAG_CREATE);
    }

    public static SftpRequest close(byte[] handle) {
        return onHandle(SftpAction.CLOSE, CLOSE, handle, 0);
    }

    /** Bytes that were read; fewer at the end of the file, EOF after it. */
    public static SftpRequest read(byte[] handle, long position, int length) {
        ByteBuffer head = withString(handle, 12);
        return plain(SftpAction.READ, READ, head.putLong(position).putInt(length));
    }

    /** @param data not copied: it must stay as it is until this request was sent */
    public static SftpRequest write(byte[] handle, long position, byte[] data, int offset, int length) {
        ByteBuffer head = withString(handle, 12);
        return new SftpRequest(SftpAction.WRITE, WRITE, head.putLong(position).putInt(length), data, offset, length);
    }

    public static SftpRequest truncate(byte[] handle, long size) {
        ByteBuffer head = withString(handle, 12);
        return plain(SftpAction.WRITE, SET_HANDLE_ATTRIBUTES, head.putInt(SIZE_ATTRIBUTE).putLong(size));
    }

    public static SftpRequest openFolder(String path) {
        return plain(SftpAction.LIST, OPEN_FOLDER, withString(utf8(path), 0));
    }

    /** Some of the folder's entries; EOF after the last. */
    public static SftpRequest readFolder(byte[] handle) {
        return onHandle(SftpAction.LIST, READ_FOLDER, handle, 0);
    }

    public static SftpRequest remove(String path) {
        return plain(SftpAction.REMOVE, REMOVE, withString(utf8(path), 0));
    }

    public static SftpRequest makeFolder(String path) {
        return plain(SftpAction.MAKE_FOLDER, MAKE_FOLDER, withString(utf8(path), 4).putInt(0));
    }

    /** Follows symbolic links. */
    public static SftpRequest stat(String path) {
        return plain(SftpAction.LOOK, STAT, withString(utf8(path), 0));
    }

    /** Fails when there is something of that name. */
    public static SftpRequest rename(String from, String to) {
        byte[] target = utf8(to);
        return plain(SftpAction.RENAME, RENAME,
                withString(utf8(from), 4 + target.length).putInt(target.length).put(target));
    }

    /** Replaces what has that name, in one step; OpenSSH's extension {@link SftpChannel#POSIX_RENAME}. */
    public static SftpRequest replace(String from, String to) {
        byte[] source = utf8(from);
        byte[] target = utf8(to);
        ByteBuffer head = withString(utf8(SftpChannel.POSIX_RENAME), 8 + source.length + target.length);
        return plain(SftpAction.RENAME, EXTENDED,
                head.putInt(source.length).put(source).putInt(target.length).put(target));
    }

    /**
     * The file system's numbers, for {@link SftpReply#space()}; OpenSSH's extension {@link SftpChannel#STATVFS}.
     */
    public static SftpRequest fileSystem(String path) {
        byte[] file = utf8(path);
        return plain(SftpAction.ASK, EXTENDED,
                withString(utf8(SftpChannel.STATVFS), 4 + file.length).putInt(file.length).put(file));
    }

    /** Has the server write the file to its disk; OpenSSH's extension {@link SftpChannel#FSYNC}. */
    public static SftpRequest sync(byte[] handle) {
        return plain(SftpAction.SYNC, EXTENDED,
                withString(utf8(SftpChannel.FSYNC), 4 + handle.length).putInt(handle.length).put(handle));
    }

    /** An extension that takes no arguments. */
    static SftpRequest extended(String name) {
        return plain(SftpAction.ASK, EXTENDED, withString(utf8(name), 0));
    }

    /** Bytes on the wire without number and length. */
    int size() {
        return 1 + head.limit() + length;
    }

    SftpAction action() {
        return action;
    }

    byte type() {
        return type;
    }

    byte[] head() {
        return head.array();
    }

    int headLength() {
        return head.limit();
    }

    byte[] data() {
        return data;
    }

    int dataOffset() {
        return offset;
    }

    int dataLength() {
        return length;
    }

    private static SftpRequest open(SftpAction action, String path, int flags) {
        return plain(action, OPEN, withString(utf8(path), 8).putInt(flags).putInt(0));
    }

    private static SftpRequest onHandle(SftpAction action, int type, byte[] handle, int more) {
        return plain(action, type, withString(handle, more));
    }

    private static SftpRequest plain(SftpAction action, int type, ByteBuffer head) {
        return new SftpRequest(action, type, head, new byte[0], 0, 0);
    }

    private static ByteBuffer withString(byte[] text, int more) {
        return ByteBuffer.allocate(4 + text.length + more).putInt(text.length).put(text);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
