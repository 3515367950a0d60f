package io.onedump.database.mysql;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A place in a server's binary log, between two events.
 *
 * @param file   for example {@code binlog.000042}
 * @param offset bytes from the start of the file; the first event is at 4
 * @param gtids  what the server has executed up to here, in its own spelling; empty where it keeps none
 */
public record BinlogPosition(String file, long offset, String gtids) {

    /** Newest first: MySQL 8.2 and up, MySQL and MariaDB before, MariaDB. Versions lie, so each is tried. */
    private static final List<String> STATEMENTS =
            List.of("SHOW BINARY LOG STATUS", "SHOW MASTER STATUS", "SHOW BINLOG STATUS");

    public BinlogPosition {
        if (file.isEmpty() || offset < 0) {
            throw new IllegalArgumentException("not a binlog position: '" + file + "':" + offset);
        }
    }

    public static BinlogPosition of(String file, long offset) {
        return new BinlogPosition(file, offset, "");
    }

    /**
     * The position after the newest event. Needs {@code REPLICATION CLIENT} (MariaDB calls it {@code BINLOG MONITOR}).
     *
     * @return empty when the server writes no binary log
     * @throws MySqlException when the account may not ask
     */
    public static Optional<BinlogPosition> latest(Queries session) throws IOException {
        MySqlException unknown = null;
        for (String statement : STATEMENTS) {
            try {
                List<Row> rows = session.query(statement);
                return rows.isEmpty() ? Optional.empty() : Optional.of(of(session, rows.get(0)));
            } catch (MySqlException e) {
                if (e.code() != MySqlException.SYNTAX_ERROR) {
                    throw e;
                }
                unknown = e;
            }
        }
        throw unknown;
    }

    private static BinlogPosition of(Queries session, Row status) throws IOException {
        String gtids = session.flavour() == Flavour.MARIADB
                ? Row.only(session.query("SELECT @@gtid_binlog_pos")).get(0)
                : status.get("Executed_Gtid_Set");
        // MySQL breaks long sets into lines.
        String file = status.get("File");
        if (file == null || file.isEmpty()) {
            throw Row.broken("it names no file of its binary log");
        }
        long offset = status.number("Position");
        if (offset < 0) {
            throw Row.broken("it says that its binary log is at " + offset);
        }
        return new BinlogPosition(file, offset,
                gtids == null ? "" : gtids.replaceAll("\\s", ""));
    }

    /** {@code file:offset}. */
    @Override
    public String toString() {
        return file + ":" + offset;
    }
}
