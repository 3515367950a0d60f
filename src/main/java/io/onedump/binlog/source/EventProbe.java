package io.onedump.binlog.source;

import java.io.IOException;
import java.util.Arrays;

import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.EventType;
import io.onedump.database.mysql.BinlogPosition;

/**
 * One event of the server's log, fetched to tell files of the same name apart: after RESET MASTER, or on a server that
 * was built anew. Times and checksums make every event nearly unique.
 */
public final class EventProbe implements EventSink {

    /** How much of a long event is fetched. */
    public static final int LONGEST = 64 * 1024;

    private final boolean first;
    private byte[] event;

    private EventProbe(boolean first) {
        this.first = first;
    }

    /**
     * Fetches an event as the file has it, or the beginning of a long one.
     *
     * @param offset where it begins; 4 for the file's format description
     */
    public static byte[] fetch(StreamSettings settings, BinlogName file, long offset) throws IOException {
        EventProbe probe = new EventProbe(offset == EventReader.MAGIC_LENGTH);
        try (BinlogStream stream = BinlogStream.open(settings, BinlogPosition.of(file.toString(), offset), false)) {
            stream.copyTo(probe);
        } catch (Found found) {
            return probe.event;
        }
        throw new IOException("the server has no event at " + file + ":" + offset);
    }

    @Override
    public void part(byte[] bytes, int from, int to, boolean begins, boolean ends) throws Found {
        int type = EventHeader.type(bytes, from);
        // These, and a format description in the middle of a file, are made up for the connection.
        boolean madeUp = type == EventType.HEARTBEAT || type == EventType.HEARTBEAT_V2
                || (EventHeader.flags(bytes, from) & EventHeader.FLAG_ARTIFICIAL) != 0;
        if (!madeUp && first == (type == EventType.FORMAT_DESCRIPTION)) {
            event = Arrays.copyOfRange(bytes, from, Math.min(to, from + LONGEST));
            throw new Found();
        }
    }

    @Override
    public void idle() {
        // Nothing is kept back.
    }

    @Override
    public void sync() {
        // Nothing is written.
    }

    @Override
    public String file() {
        return null;
    }

    @Override
    public long offset() {
        return 0;
    }

    /** Ends the stream: the server would send the whole log. */
    private static final class Found extends IOException {
        private static final long serialVersionUID = 1;
    }
}
