package io.onedump.binlog.restore;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.LoggedTransaction;

/** Where a restore ends: before the first transaction for which {@link #before} says yes. */
public sealed interface StopAt {

    boolean before(BinlogName file, LoggedTransaction transaction);

    /** Whether the end of the archive is as good as finding that transaction. */
    default boolean reachedAtEnd(BinlogName file, long end) {
        return false;
    }

    /** At an offset in a file, which must be between two transactions. */
    record Position(BinlogName file, long offset) implements StopAt {

        @Override
        public boolean before(BinlogName current, LoggedTransaction transaction) {
            int order = current.compareTo(file);
            return order > 0 || order == 0 && transaction.start() >= offset;
        }

        @Override
        public boolean reachedAtEnd(BinlogName last, long end) {
            return last.equals(file) && end >= offset;
        }

        @Override
        public String toString() {
            return "position " + file + ":" + offset;
        }
    }

    /**
     * Before the first transaction that was committed at this moment or later. MySQL 8 logs microseconds; other servers
     * log whole seconds, and what they committed in the second of the moment counts as later: rather a little too
     * little is restored than the damage.
     */
    record Time(Instant moment) implements StopAt {

        @Override
        public boolean before(BinlogName file, LoggedTransaction transaction) {
            Instant limit = transaction.begin().precise() ? moment : moment.truncatedTo(ChronoUnit.SECONDS);
            return !transaction.begin().time().isBefore(limit);
        }

        @Override
        public String toString() {
            return "time " + moment;
        }
    }

    /** Before this transaction. */
    record Gtid(String gtid) implements StopAt {

        @Override
        public boolean before(BinlogName file, LoggedTransaction transaction) {
            return transaction.begin().gtid().equalsIgnoreCase(gtid);
        }

        @Override
        public String toString() {
            return "transaction " + gtid;
        }
    }

    /** After everything the archive has. */
    record End() implements StopAt {

        @Override
        public boolean before(BinlogName file, LoggedTransaction transaction) {
            return false;
        }

        @Override
        public boolean reachedAtEnd(BinlogName file, long end) {
            return true;
        }

        @Override
        public String toString() {
            return "end of the archive";
        }
    }
}
