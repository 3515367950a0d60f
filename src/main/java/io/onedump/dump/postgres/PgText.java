package io.onedump.dump.postgres;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The statements of a dump that belong to no object. */
final class PgText {

    private PgText() {
    }

    static String head(PgServer server, String tool, Instant started, int connections, String position) {
        return "-- " + tool + ": native dump, docs/format.md\n--\n-- Server version\t"
                + server.versionText().replaceAll("\\p{Cntrl}", " ") + "\n-- Snapshot: exported, " + connections
                + (connections == 1 ? " connection, " : " connections, ") + started.truncatedTo(ChronoUnit.SECONDS)
                + ", WAL position " + position + "\n\n"
                + "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET idle_in_transaction_session_timeout = 0;\n"
                + "SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n"
                + "SELECT pg_catalog.set_config('search_path', '', false);\nSET check_function_bodies = false;\n"
                + "SET xmloption = content;\nSET client_min_messages = warning;\nSET row_security = off;\n"
                + "SET DateStyle = 'ISO, MDY';\nSET IntervalStyle = 'postgres';\nSET lc_monetary = 'C';\n"
                + "SET default_tablespace = '';\n";
    }

    static String tail(Instant ended) {
        return "RESET ALL;\n-- Dump completed on " + ended.truncatedTo(ChronoUnit.SECONDS) + "\n";
    }
}
