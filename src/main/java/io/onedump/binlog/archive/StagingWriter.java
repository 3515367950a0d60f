package io.onedump.binlog.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

import io.onedump.binlog.event.CorruptBinlogException;
import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.EventType;
import io.onedump.binlog.event.RotateEvent;
import io.onedump.binlog.source.EventSink;

/**
 * Turns a server's stream back into its files, byte for byte: checks every event, leaves out the artificial ones, and
 * begins a new file where the stream says so. Other threads may ask for {@link #progress()}.
 */
final class StagingWriter implements EventSink, Closeable {

    private static final int BUFFER = 256 << 10;

    private final StagingFolder folder;
    private final Runnable closedOne;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final EventCheck check = new EventCheck();
    private StagedFile file;
    private boolean skipped;
    private long length;
    private long time;
    private volatile StagedProgress progress;
    private volatile Quiet quiet;

    /** @param closedOne told after each file that has become whole */
    StagingWriter(StagingFolder folder, Runnable closedOne) {
        this.folder = folder;
        this.closedOne = closedOne;
    }

    /** Goes on where a file ends that an earlier writer began. */
    void resume(FileScan scan) throws IOException {
        file = StagedFile.resume(scan, folder.part(scan.file()), buffer);
        publish();
    }

    @Override
    public void part(byte[] bytes, int from, int to, boolean begins, boolean ends) throws IOException {
        if (begins) {
            header(bytes, from, to, ends);
        }
        if (skipped) {
            return;
        }
        check.part(bytes, from, to);
        file.append(bytes, from, to - from);
        if (ends) {
            String problem = check.problem();
            if (problem != null) {
                throw broken(problem);
            }
            file.accept(length, time);
        }
    }

    private void header(byte[] bytes, int from, int to, boolean ends) throws IOException {
        if (to - from < EventHeader.LENGTH) {
            throw broken("the server sent an event of " + (to - from) + " bytes");
        }
        length = EventHeader.length(bytes, from);
        time = EventHeader.time(bytes, from);
        int type = EventHeader.type(bytes, from);
        skipped = isMadeUp(type, EventHeader.flags(bytes, from));
        if (skipped) {
            if (type == EventType.ROTATE) {
                rotate(RotateEvent.parse(bytes, from, EventCheck.withoutChecksum(bytes, from, to) - from));
            } else if (type != EventType.FORMAT_DESCRIPTION && file != null) {
                // A heartbeat: it comes only after everything else that there is.
                quiet = new Quiet(file.name(), file.offset(), System.nanoTime());
            }
            return;
        }
        if (file == null) {
            throw new IOException("the server sent an event before it named the file");
        }
        long position = EventHeader.nextPosition(bytes, from);
        long due = offset() + length;
        if (position != 0 && position != (due & 0xffffffffL)) {
            throw broken("the server sent an event that ends at " + position + " where one ending at " + due
                    + " was due");
        }
        if (type == EventType.FORMAT_DESCRIPTION) {
            if (!ends) {
                throw broken("the server sent a format description of " + length + " bytes");
            }
            file.describe(bytes, from, to);
        } else if (!file.described()) {
            throw broken("the server sent an event of type " + type + " before the format description");
        }
        check.begin(length, file.checksums() || type == EventType.FORMAT_DESCRIPTION);
    }

    /**
     * Whether the server made an event up for this connection; a repeated format description carries no flag for it.
     */
    private boolean isMadeUp(int type, int flags) {
        return type == EventType.HEARTBEAT || type == EventType.HEARTBEAT_V2
                || type == EventType.ROTATE && (flags & EventHeader.FLAG_ARTIFICIAL) != 0
                || type == EventType.FORMAT_DESCRIPTION && offset() > EventReader.MAGIC_LENGTH;
    }

    /** What comes next is at this place: where we are, or the start of another file. */
    private void rotate(RotateEvent to) throws IOException {
        boolean same = file != null && to.file().equals(file.name());
        if (same && to.offset() == file.offset()) {
            return;
        }
        if (same || to.offset() != EventReader.MAGIC_LENGTH) {
            throw new IOException("the server goes on at " + to.file() + ":" + to.offset() + ", but we have " + file()
                    + ":" + offset());
        }
        StagedFile whole = file;
        if (whole != null) {
            sync();
            whole.close();
        }
        file = StagedFile.create(to.file(), folder.part(to.file()), buffer);
        folder.sync();
        if (whole != null) {
            folder.close(whole.name());
            closedOne.run();
        }
    }

    @Override
    public void idle() throws IOException {
        if (file != null) {
            file.drain();
            publish();
        }
    }

    /** Only called between events. */
    @Override
    public void sync() throws IOException {
        file.sync();
        publish();
    }

    private void publish() {
        StagedProgress now = file.progress();
        if (now != null) {
            progress = now.in(folder.timeline());
        }
    }

    /** How far the open file has come on disk; null before its first event. */
    StagedProgress progress() {
        return progress;
    }

    /** When the server said the last time that it has nothing more; null before the first. */
    Quiet quiet() {
        return quiet;
    }

    @Override
    public String file() {
        return file == null ? null : file.name().toString();
    }

    @Override
    public long offset() {
        return file == null ? 0 : file.offset();
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
            if (file.sound()) {
                publish();
            }
        }
    }

    private CorruptBinlogException broken(String reason) {
        return new CorruptBinlogException(String.valueOf(file()), offset(), reason);
    }
}
