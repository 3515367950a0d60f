package io.onedump.binlog.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

import io.onedump.artifact.PrivateFolder;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.FormatDescription;

/** One binlog file while it is written to local disk, and what is known of it so far. */
final class StagedFile implements Closeable {

    private static final byte[] MAGIC = {(byte) 0xfe, 'b', 'i', 'n'};

    private final BinlogName name;
    private final FileChannel channel;
    private final ByteBuffer buffer;
    private long offset;
    private FormatDescription description;
    private String format = "";
    private long first;
    private long last;
    private boolean failed;

    private StagedFile(BinlogName name, FileChannel channel, ByteBuffer buffer) {
        this.name = name;
        this.channel = channel;
        this.buffer = buffer.clear();
    }

    /** @param buffer for bytes on their way to the disk, which no other file uses any more */
    static StagedFile create(BinlogName name, Path path, ByteBuffer buffer) throws IOException {
        StagedFile file = new StagedFile(name,
                FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PrivateFolder.ownFile()),
                buffer);
        file.begin();
        return file;
    }

    /** Goes on where a file ends that was begun earlier. */
    static StagedFile resume(FileScan scan, Path path, ByteBuffer buffer) throws IOException {
        StagedFile file = new StagedFile(scan.file(), FileChannel.open(path, StandardOpenOption.WRITE), buffer);
        if (scan.format() == null) {
            file.begin();
            return file;
        }
        file.offset = scan.good();
        file.channel.position(file.offset);
        file.describe(scan.format(), 0, scan.format().length);
        file.first = scan.first().getEpochSecond();
        file.last = scan.last().getEpochSecond();
        return file;
    }

    private void begin() throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(MAGIC));
        offset = EventReader.MAGIC_LENGTH;
    }

    BinlogName name() {
        return name;
    }

    /** Where the last complete event ended. */
    long offset() {
        return offset;
    }

    /** Whether its format description has come: without it no other event can be read. */
    boolean described() {
        return description != null;
    }

    /** Whether its events end in a checksum. */
    boolean checksums() {
        return description != null && description.checksums();
    }

    /** Takes the format description, the file's first event. */
    void describe(byte[] bytes, int from, int to) throws IOException {
        description = FormatDescription.parse(bytes, from, to - from);
        format = FileScan.digest(Arrays.copyOfRange(bytes, from, to));
        first = EventHeader.time(bytes, from);
    }

    /** Takes bytes of an event that may turn out to be broken. */
    void append(byte[] bytes, int from, int count) throws IOException {
        if (count > buffer.remaining()) {
            drain();
        }
        if (count > buffer.capacity()) {
            write(ByteBuffer.wrap(bytes, from, count));
        } else {
            buffer.put(bytes, from, count);
        }
    }

    /** What was appended since the last call is a good event. */
    void accept(long length, long time) {
        offset += length;
        last = Math.max(last, time);
    }

    /** Hands everything to the operating system. */
    void drain() throws IOException {
        buffer.flip();
        write(buffer);
        buffer.clear();
    }

    /** After a failure, as of a full disk, nobody knows which of the bytes are on disk: no more are written. */
    private void requireSound() throws IOException {
        if (failed) {
            throw new IOException("an earlier write to " + name + " has failed");
        }
    }

    /** Makes everything survive a crash of the machine. */
    void sync() throws IOException {
        drain();
        channel.force(false);
    }

    private void write(ByteBuffer bytes) throws IOException {
        requireSound();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException | RuntimeException e) {
            failed = true;
            throw e;
        }
    }

    /** Whether all that was accepted is on its way to the disk. */
    boolean sound() {
        return !failed;
    }

    /** How far it has come; null before its first event. */
    StagedProgress progress() {
        return description == null || offset <= EventReader.MAGIC_LENGTH
                ? null
                : new StagedProgress(name, offset, format, description.serverVersion(), Instant.ofEpochSecond(first),
                        Instant.ofEpochSecond(last));
    }

    /** Leaves complete events only. */
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        try (FileChannel open = channel) {
            if (!failed) {
                drain();
                open.truncate(offset);
            }
        }
    }
}
