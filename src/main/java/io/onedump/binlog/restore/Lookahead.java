package io.onedump.binlog.restore;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.onedump.binlog.event.LoggedTransaction;
import io.onedump.binlog.event.TransactionReader;

/** The transactions of a file, of which the next ones can be looked at before they are taken. */
final class Lookahead implements Closeable {

    private final TransactionReader reader;
    private final Deque<LoggedTransaction> seen = new ArrayDeque<>();

    Lookahead(TransactionReader reader) {
        this.reader = reader;
    }

    /** Null at the end of the file. */
    LoggedTransaction next() throws IOException {
        return seen.isEmpty() ? reader.next() : seen.removeFirst();
    }

    /** Those behind the last one that was taken, as far as there are so many. */
    List<LoggedTransaction> following(int most) throws IOException {
        while (seen.size() < most) {
            LoggedTransaction next = reader.next();
            if (next == null) {
                break;
            }
            seen.addLast(next);
        }
        return seen.stream().limit(most).toList();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
