package io.onedump.dump.mysql;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.onedump.database.mysql.MySqlSession;

/**
 * Connections that all see the same moment.
 *
 * @param method   how that was made sure of, in the words of docs/dump.md
 * @param position of that moment in the binary log, {@code file:offset}; null when it is not known
 * @param gtid     the same in GTIDs; null when it is not known
 */
record Snapshot(List<MySqlSession> sessions, String method, String position, String gtid) implements Closeable {

    Snapshot {
        sessions = List.copyOf(sessions);
    }

    /** The one that reads everything but rows. */
    MySqlSession first() {
        return sessions.get(0);
    }

    @Override
    public void close() throws IOException {
        List<IOException> failures = new ArrayList<>();
        for (MySqlSession session : sessions) {
            try {
                session.close();
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }
}
