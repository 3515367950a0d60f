package io.onedump.binlog.source;

import java.io.IOException;
import java.util.Arrays;

import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.EventType;
import io.onedump.mysql.BinlogPosition;

/**
 * The format description that begins a file. It holds times and a checksum, so it tells files of the same name apart:
 * after RESET MASTER, or on a server that was built anew.
 */
public final class FirstEvent implements EventSink {

    private byte[] event;

    private FirstEvent() {
    }

    /** Fetches the first event of one of the server's files, as the file has it. */
    public static byte[] of(StreamSettings settings, BinlogName file) throws IOException {
        FirstEvent sink = new FirstEvent();
        BinlogPosition start = BinlogPosition.of(file.toString(), EventReader.MAGIC_LENGTH);
        try (BinlogStream stream = BinlogStream.open(settings, start, false)) {
            stream.copyTo(sink);
        } catch (Found found) {
            return sink.event;
        }
        throw new IOException("the server sent no format description for " + file);
    }

    @Override
    public void part(byte[] bytes, int from, int to, boolean first, boolean last) throws Found {
        if (first && last && EventHeader.type(bytes, from) == EventType.FORMAT_DESCRIPTION) {
            event = Arrays.copyOfRange(bytes, from, to);
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
