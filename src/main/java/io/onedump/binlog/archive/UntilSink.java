package io.onedump.binlog.archive;

import java.io.IOException;
import java.time.Instant;

import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventType;
import io.onedump.binlog.source.EventSink;

/** Ends the stream before the first transaction of a moment. */
final class UntilSink implements EventSink {

    private final EventSink sink;
    private final Instant until;

    UntilSink(EventSink sink, Instant until) {
        this.sink = sink;
        this.until = until;
    }

    @Override
    public void part(byte[] bytes, int from, int to, boolean first, boolean last) throws IOException {
        if (first && EventType.beginsTransaction(EventHeader.type(bytes, from))
                && EventHeader.time(bytes, from) >= until.getEpochSecond()) {
            throw new Reached();
        }
        sink.part(bytes, from, to, first, last);
    }

    @Override
    public void idle() throws IOException {
        sink.idle();
    }

    @Override
    public void sync() throws IOException {
        sink.sync();
    }

    @Override
    public String file() {
        return sink.file();
    }

    @Override
    public long offset() {
        return sink.offset();
    }

    /** The moment has come. */
    static final class Reached extends IOException {
        private static final long serialVersionUID = 1;
    }
}
