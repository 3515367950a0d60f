package io.onedump.binlog.source;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;

/**
 * What time it is on a server, as far as it was once asked: never later than it really is there.
 *
 * @param told  what the server said
 * @param nanos when its answer was there, by {@link System#nanoTime()}
 */
public record ServerClock(Instant told, long nanos) {

    /** Asks; empty when the server says nothing that can be used. */
    public static Optional<ServerClock> of(MySqlSession session) throws IOException {
        List<Row> rows = session.query("SELECT UTC_TIMESTAMP(6)");
        long nanos = System.nanoTime();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        try {
            String text = rows.get(0).get(0).replace(' ', 'T');
            return Optional.of(new ServerClock(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC), nanos));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The server's time at another moment. */
    public Instant at(long otherNanos) {
        return told.plus(Duration.ofNanos(otherNanos - nanos));
    }
}
