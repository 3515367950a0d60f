package io.onedump.binlog.event;

import java.time.Instant;

/**
 * What the event says that begins a transaction.
 *
 * @param gtid    {@code uuid:number} or MariaDB's {@code domain-server-sequence}; empty where there is none
 * @param time    of the commit
 * @param precise whether the time has microseconds, as in MySQL 8; else it is cut to the second
 */
public record TransactionStart(String gtid, Instant time, boolean precise) {

    private static final int SERVER_AT = EventHeader.LENGTH + 1;
    private static final int NUMBER_AT = SERVER_AT + 16;
    private static final int COMMIT_TIME_AT = EventHeader.LENGTH + 42;
    private static final int COMMIT_TIME_LENGTH = 7;
    private static final long COMMIT_TIME_MASK = (1L << 55) - 1;

    /** Reads the event at hand, for which {@link EventType#beginsTransaction} says yes. */
    public static TransactionStart of(EventReader events) {
        byte[] bytes = events.bytes();
        int at = events.at();
        return switch (events.type()) {
            case EventType.MARIADB_GTID -> new TransactionStart(
                    EventHeader.uint32(bytes, at + EventHeader.LENGTH + 8) + "-" + EventHeader.serverId(bytes, at) + "-"
                            + EventHeader.uint64(bytes, at + EventHeader.LENGTH),
                    Instant.ofEpochSecond(events.time()), false);
            case EventType.GTID -> mysql(events, MySqlGtids.uuid(bytes, at + SERVER_AT) + ":"
                    + EventHeader.uint64(bytes, at + NUMBER_AT));
            case EventType.ANONYMOUS_GTID -> mysql(events, "");
            default -> new TransactionStart("", Instant.ofEpochSecond(events.time()), false);
        };
    }

    private static TransactionStart mysql(EventReader events, String gtid) {
        if (events.kept() < COMMIT_TIME_AT + COMMIT_TIME_LENGTH) {
            return new TransactionStart(gtid, Instant.ofEpochSecond(events.time()), false);
        }
        // The bit above says whether the time on the original server follows.
        long micros = EventHeader.uint64(events.bytes(), events.at() + COMMIT_TIME_AT) & COMMIT_TIME_MASK;
        return new TransactionStart(gtid,
                Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000), true);
    }
}
