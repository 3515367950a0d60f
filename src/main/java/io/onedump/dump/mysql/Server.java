package io.onedump.dump.mysql;

import java.io.IOException;
import java.util.List;

import io.onedump.database.ProductVersion;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.ServerId;

/**
 * A server to dump: which it is, and how our sessions there are set up.
 *
 * @param id by which it is told from others of its family; may be null
 */
record Server(MySqlSettings settings, boolean mariaDb, ProductVersion version, String versionText, String id) {

    /** So long a statement waits for who changes or locks a table. */
    static final int LOCK_WAIT_SECONDS = 5;

    /** What is not in every version is tried and may be refused. */
    private static final List<String> EVERYWHERE = List.of(
            "SET SESSION time_zone = '+00:00', sql_mode = '', character_set_results = NULL, sql_quote_show_create = 1,"
                    + " sql_select_limit = 18446744073709551615, sql_big_selects = 1, net_write_timeout = 86400,"
                    + " net_read_timeout = 86400, wait_timeout = 86400, lock_wait_timeout = " + LOCK_WAIT_SECONDS
                    + ", autocommit = 1",
            "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    private static final List<String> SOMEWHERE = List.of(
            // MySQL: no limit to statements, tables' sizes as they are, what is hidden shown, rows from InnoDB.
            "SET SESSION max_execution_time = 0",
            "SET SESSION information_schema_stats_expiry = 0",
            "SET SESSION show_gipk_in_create_table_and_information_schema = ON",
            "SET SESSION print_identified_with_as_hex = ON",
            "SET SESSION show_create_table_skip_secondary_engine = OFF",
            "SET SESSION use_secondary_engine = OFF",
            // MariaDB
            "SET SESSION max_statement_time = 0",
            "SET SESSION idle_transaction_timeout = 0, idle_readonly_transaction_timeout = 0",
            "SET SESSION system_versioning_asof = DEFAULT");

    static Server of(MySqlSettings settings, MySqlSession session) throws IOException {
        ProductVersion version = ProductVersion.find(session.serverVersion()).orElseThrow(
                () -> new IOException("the server's version has no number: " + session.serverVersion()));
        return new Server(settings, session.flavour() == Flavour.MARIADB, version, session.serverVersion(),
                ServerId.of(session));
    }

    /** A session that sees every value exactly. */
    static MySqlSession open(MySqlSettings settings) throws IOException {
        MySqlSession session = MySqlSession.connect(settings);
        try {
            for (String statement : EVERYWHERE) {
                session.query(statement);
            }
            for (String statement : SOMEWHERE) {
                try {
                    session.query(statement);
                } catch (MySqlException e) {
                    if (e.code() != MySqlException.UNKNOWN_VARIABLE && e.code() != ACCESS_DENIED) {
                        throw e;
                    }
                }
            }
            return session;
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** ER_SPECIFIC_ACCESS_DENIED_ERROR. */
    private static final int ACCESS_DENIED = 1227;

    String family() {
        return mariaDb ? "mariadb" : "mysql";
    }
}
