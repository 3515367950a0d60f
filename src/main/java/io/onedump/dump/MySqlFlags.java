package io.onedump.dump;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import io.onedump.artifact.CleanLog;
import io.onedump.database.client.ClientProgram;
import org.slf4j.Logger;

/** Which options a tool takes for a server: the two families and their versions have drifted apart. */
final class MySqlFlags {

    private static final Logger LOG = CleanLog.of(MySqlFlags.class);

    /**
     * One consistent snapshot, row by row, with everything that belongs to a schema, in the full character set.
     * Tablespaces are left out because only NDB has them in dumps while asking for them needs the PROCESS privilege.
     */
    static final List<String> CONSISTENT =
            List.of("--single-transaction", "--quick", "--routines", "--triggers",
                    "--events", "--no-tablespaces", "--default-character-set=utf8mb4");
    private static final List<String> COORDINATES = List.of("--master-data", "--source-data");

    private MySqlFlags() {
    }

    /** @param tell for what the dump will lack */
    static List<String> of(ClientProgram tool, MySqlServer server, DumpRequest request, Consumer<String> tell) {
        List<String> flags = new ArrayList<>(CONSISTENT);
        if (!tool.mariaDb() && tool.version().isAtLeast(8, 0, 0) && !hasColumnStatistics(server)) {
            flags.add("--column-statistics=0");
        }
        if (!tool.mariaDb() && !ToolOptions.MYSQL.has(request.options(), List.of("--set-gtid-purged"))) {
            flags.add("--set-gtid-purged=" + gtidPurged(tool, server));
        }
        if (!ToolOptions.MYSQL.has(request.options(), COORDINATES)) {
            coordinates(tool, server, request, tell).ifPresent(flags::add);
        }
        return flags;
    }

    /** information_schema.column_statistics came with MySQL 8.0; MariaDB has none. */
    private static boolean hasColumnStatistics(MySqlServer server) {
        return !server.mariaDb() && server.version().isAtLeast(8, 0, 0);
    }

    /**
     * As a comment, since 8.0.17: a plain SET would make the restore fail on a server that has GTIDs of its own. From
     * 8.0.32 on mysqldump locks the tables for them, which not every account may do. Asked of a server without GTIDs it
     * dumps nothing and ends with exit code 0.
     */
    private static String gtidPurged(ClientProgram tool, MySqlServer server) {
        boolean known = server.hasGtids() && tool.version().isAtLeast(8, 0, 17);
        return known && server.mayReadPosition() ? "COMMENTED" : "OFF";
    }

    /**
     * Binlog coordinates as a comment. mysqldump asks {@code SHOW MASTER STATUS} up to 8.3 and {@code SHOW BINARY LOG
     * STATUS} from 8.4 on; servers know the former up to 8.3 and the latter from 8.2 on. mariadb-dump asks the former.
     */
    private static Optional<String> coordinates(ClientProgram tool, MySqlServer server, DumpRequest request,
            Consumer<String> tell) {
        if (!server.hasBinlog()) {
            return Optional.empty();
        }
        if (!server.mayReadPosition()) {
            LOG.info("{}: no binlog coordinates in the dump: the account lacks the privileges for them (docs/dump.md)",
                    request.subject());
            return Optional.empty();
        }
        boolean asksOldStatement = tool.mariaDb() || !tool.version().isAtLeast(8, 4, 0);
        boolean knowsOldStatement = server.mariaDb() || !server.version().isAtLeast(8, 4, 0);
        boolean knowsNewStatement = !server.mariaDb() && server.version().isAtLeast(8, 2, 0);
        if (asksOldStatement ? !knowsOldStatement : !knowsNewStatement) {
            tell.accept(request.subject() + ": no binlog coordinates in the dump: " + tool.executable() + " "
                    + tool.version() + " and server " + server.version() + " do not share a statement for them; use a"
                    + " tool of the server's own version");
            return Optional.empty();
        }
        boolean newName = !tool.mariaDb() && tool.version().isAtLeast(8, 0, 26);
        return Optional.of(newName ? "--source-data=2" : "--master-data=2");
    }
}
