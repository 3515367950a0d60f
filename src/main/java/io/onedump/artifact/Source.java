package io.onedump.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Consumer;

/** Bytes that somebody else produces, once: a process's output, the body of a message. */
public interface Source extends Closeable {

    /** Starts the producer once more, for those who can. */
    interface Factory {
        Source start() throws IOException;
    }

    /** The bytes; the same stream at every call. */
    InputStream stream() throws IOException;

    /**
     * Called after the stream has ended: says whether what came is whole, because the end of a stream does not.
     *
     * @throws IOException when the producer failed; its message is for the user
     */
    void complete() throws IOException;

    /**
     * Tells the listener, from any thread, when the producer is gone while a read of {@link #stream()} waits for bytes
     * that cannot come any more: such a read does not return, so its reader has to be given up.
     */
    default void onAbandoned(Consumer<IOException> listener) {
    }

    /** What is known of where the bytes come from, by the keys of a sidecar. Complete once they have ended. */
    default Map<String, String> attributes() {
        return Map.of();
    }

    /** The artifact of which this is another form; null for none. */
    default Artifact origin() {
        return null;
    }

    /** Stops the producer if it still runs and frees what it held. May be called more than once, from any thread. */
    @Override
    void close();
}
