package io.onedump.binlog.source;

import java.io.IOException;

/** Takes what a server streams, event by event. An exception ends the stream. */
public interface EventSink {

    /**
     * Part of an event; most come in one part.
     *
     * @param first whether {@code bytes[from]} is the first byte of the event's header
     * @param last  whether the event ends at {@code to}
     */
    void part(byte[] bytes, int from, int to, boolean first, boolean last) throws IOException;

    /** Nothing more is waiting in the network: now is the time to flush. */
    void idle() throws IOException;

    /** Makes everything up to now survive a crash; what semi-synchronous acknowledgement waits for. */
    void sync() throws IOException;

    /** The file being streamed, or null before the first one is named. */
    String file();

    /** Where the last complete event ended. */
    long offset();
}
