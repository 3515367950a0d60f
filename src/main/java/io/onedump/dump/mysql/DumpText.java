package io.onedump.dump.mysql;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.onedump.database.mysql.Sql;

/** The statements of a dump that belong to no object. */
final class DumpText {

    /** What every statement with rows and every DDL statement of a table needs. */
    static final String SETTINGS = "SET NAMES utf8mb4;\n"
            + "SET time_zone = '+00:00', sql_mode = 'NO_AUTO_VALUE_ON_ZERO';\n";

    private DumpText() {
    }

    static String head(Server server, Snapshot snapshot, String tool, Instant started, boolean history) {
        StringBuilder head = new StringBuilder();
        head.append("-- ").append(tool).append(": native dump, docs/format.md\n--\n");
        head.append("-- Server version\t").append(oneLine(server.versionText())).append('\n');
        head.append("-- Snapshot: ").append(snapshot.method()).append(", ").append(snapshot.sessions().size())
                .append(snapshot.sessions().size() == 1 ? " connection, " : " connections, ")
                .append(started.truncatedTo(ChronoUnit.SECONDS)).append('\n');
        if (snapshot.position() != null) {
            int colon = snapshot.position().lastIndexOf(':');
            head.append("-- CHANGE MASTER TO MASTER_LOG_FILE=")
                    .append(Sql.text(snapshot.position().substring(0, colon))).append(", MASTER_LOG_POS=")
                    .append(snapshot.position().substring(colon + 1)).append(";\n");
        }
        if (snapshot.gtid() != null) {
            head.append(server.mariaDb()
                    ? "-- SET GLOBAL gtid_slave_pos='"
                    : "-- SET @@GLOBAL.GTID_PURGED=/*!80000 '+'*/ '").append(snapshot.gtid()).append("';\n");
        }
        head.append('\n');
        head.append("SET @onedump_client = @@character_set_client, @onedump_results = @@character_set_results,"
                + " @onedump_collation = @@collation_connection, @onedump_zone = @@time_zone,"
                + " @onedump_mode = @@sql_mode, @onedump_unique = @@unique_checks,"
                + " @onedump_foreign = @@foreign_key_checks, @onedump_notes = @@sql_notes;\n");
        head.append(SETTINGS);
        head.append("SET unique_checks = 0, foreign_key_checks = 0, sql_notes = 0;\n");
        head.append("/*M!100201 SET check_constraint_checks = 0 */;\n");
        if (history) {
            head.append("/*M!101100 SET system_versioning_insert_history = 1 */;\n");
        }
        return head.toString();
    }

    static String tail(Instant ended, boolean history) {
        return (history ? "/*M!101100 SET system_versioning_insert_history = DEFAULT */;\n" : "")
                + "/*M!100201 SET check_constraint_checks = DEFAULT */;\n"
                + "SET character_set_client = @onedump_client, character_set_results = @onedump_results,"
                + " collation_connection = @onedump_collation, time_zone = @onedump_zone, sql_mode = @onedump_mode,"
                + " unique_checks = @onedump_unique, foreign_key_checks = @onedump_foreign,"
                + " sql_notes = @onedump_notes;\n"
                + "-- Dump completed on " + ended.truncatedTo(ChronoUnit.SECONDS) + "\n";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
