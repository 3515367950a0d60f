package io.onedump.database;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import io.onedump.artifact.Threads;

/**
 * Ends a connection whose server does not finish an answer in time. A socket's own time-out begins anew with every byte
 * that trickles in.
 */
public final class AnswerWatch implements Closeable {

    private static final Duration EVERY = Duration.ofMillis(250);

    private final Closeable connection;
    private final Threads.Scheduled checks;
    private volatile Term term;
    private volatile boolean ended;

    private record Term(long started, Duration longest) {

        boolean isOver() {
            return System.nanoTime() - started > longest.toNanos();
        }
    }

    /** @param connection that any thread may close */
    public AnswerWatch(Closeable connection) {
        this.connection = connection;
        this.checks = Threads.daemons().every(EVERY, "answers of a database", this::check);
    }

    /** @param longest how long what is asked now may take in all; zero for ever */
    public void begin(Duration longest) {
        term = longest.isZero() ? null : new Term(System.nanoTime(), longest);
    }

    public void end() {
        term = null;
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
            } catch (IOException e) {
                // It is of no use any more, however it ends.
            }
            checks.close();
        }
    }

    @Override
    public void close() {
        checks.close();
    }
}
