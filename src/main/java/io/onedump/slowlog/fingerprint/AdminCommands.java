package io.onedump.slowlog.fingerprint;

import java.util.Comparator;
import java.util.List;

import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.Lexer;

/**
 * The administrator commands that servers log. Only what they name themselves is known to be no literal: a damaged log
 * can have anything after it. The names are those of {@code sql/sql_parse.cc} of MySQL 5.0 to 9.x and of MariaDB.
 */
final class AdminCommands {

    static final byte[] PREFIX = Ascii.bytes("administrator command: ");

    private static final byte[] UNKNOWN = Ascii.bytes("?");
    /** The longest first: one begins another. */
    private static final List<byte[]> NAMES = List.of("Sleep", "Quit", "Init DB", "Query", "Field List", "Create DB",
            "Drop DB", "Refresh", "Shutdown", "Statistics", "Processlist", "Connect", "Kill", "Debug", "Ping", "Time",
            "Delayed insert", "Change user", "Binlog Dump", "Table Dump", "Connect Out", "Register Slave",
            "Register Replica", "Prepare", "Execute", "Long Data", "Close stmt", "Reset stmt", "Set option", "Fetch",
            "Daemon", "Binlog Dump GTID", "Reset Connection", "Reset connection", "clone",
            "Group Replication Data Stream subscription", "Bulk_execute", "Slave_worker", "Slave_IO", "Slave_SQL",
            "Com_multi", "Unimpl get tls", "Error").stream().map(Ascii::bytes)
            .sorted(Comparator.comparingInt((byte[] name) -> name.length).reversed()).toList();

    private AdminCommands() {
    }

    /** Puts a command's name after its {@link #PREFIX}; {@code ?} for one that is not known. */
    static void put(byte[] buf, int from, int to, FingerprintBuffer out) {
        int start = from + PREFIX.length;
        out.put(PREFIX);
        out.put(NAMES.stream()
                .filter(name -> Ascii.startsWith(buf, start, to, name) && endsAt(buf, start + name.length, to))
                .findFirst().orElse(UNKNOWN));
    }

    private static boolean endsAt(byte[] buf, int at, int to) {
        return at == to || !Lexer.isNameByte(buf[at]);
    }
}
