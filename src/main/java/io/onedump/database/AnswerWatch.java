package io.onedump.database;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.onedump.artifact.Threads;

/**
 * Ends a connection whose server does not finish an answer in time. A socket's own time-out begins anew with every byte
 * that trickles in. One thread looks after all connections, of which there may be hundreds.
 */
public final class AnswerWatch implements Closeable {

    private static final Duration EVERY = Duration.ofMillis(250);

    private final Closeable connection;
    private volatile Term term;
    private volatile boolean ended;

    /** Looked at from the first connection on for as long as the process lives. */
    private static final class Awaited {
        static final Set<AnswerWatch> ALL = ConcurrentHashMap.newKeySet();

        static {
            Threads.daemons().every(EVERY, "answers of databases", () -> ALL.forEach(AnswerWatch::check));
        }
    }

    private record Term(long started, Duration longest) {

        boolean isOver() {
            return System.nanoTime() - started > longest.toNanos();
        }
    }

    /** @param connection that any thread may close */
    public AnswerWatch(Closeable connection) {
        this.connection = connection;
    }

    /** @param longest how long what is asked now may take in all; zero for ever */
    public void begin(Duration longest) {
        term = longest.isZero() ? null : new Term(System.nanoTime(), longest);
        if (term != null) {
            Awaited.ALL.add(this);
        }
    }

    public void end() {
        term = null;
        Awaited.ALL.remove(this);
    }

    /** What came of it, as what it is when it was this that has ended the connection. */
    public IOException explain(IOException failure) {
        if (!ended) {
            return failure;
        }
        SocketTimeoutException late = new SocketTimeoutException("the server did not end its answer in time");
        late.initCause(failure);
        return late;
    }

    private void check() {
        Term now = term;
        if (now != null && now.isOver()) {
            ended = true;
            try {
                connection.close();
            } catch (IOException | RuntimeException e) {
                // It is of no use any more, however it ends.
            }
            Awaited.ALL.remove(this);
        }
    }

    @Override
    public void close() {
        end();
    }
}
