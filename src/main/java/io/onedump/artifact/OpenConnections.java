package io.onedump.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.slf4j.Logger;

/** The connections of one piece of work: any thread may end all of them, and then none is added any more. */
public final class OpenConnections<C extends Closeable> implements Closeable {

    private static final Logger LOG = CleanLog.of(OpenConnections.class);

    private final String what;
    private final List<C> open = new ArrayList<>();
    private boolean closed;

    /** @param what the work, as in "the dump" */
    public OpenConnections(String what) {
        this.what = what;
    }

    /** @throws IOException when all were ended already; this one is closed then */
    public C add(C connection) throws IOException {
        synchronized (open) {
            open.add(connection);
            if (!closed) {
                return connection;
            }
        }
        connection.close();
        throw new IOException(what + " was stopped before its end");
    }

    @Override
    public void close() {
        List<C> all;
        synchronized (open) {
            closed = true;
            all = List.copyOf(open);
        }
        closeAll(all);
    }

    /** Closes them where another failure is what counts. */
    public static void closeAll(Collection<? extends Closeable> connections) {
        for (Closeable connection : connections) {
            try {
                connection.close();
            } catch (IOException e) {
                LOG.debug("closing a connection: {}", e.toString());
            }
        }
    }
}
