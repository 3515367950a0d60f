package io.onedump.dump.postgres;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.onedump.database.postgres.PgSession;
import io.onedump.database.postgres.PgSettings;
import io.onedump.database.postgres.SessionSettings;

/**
 * A server to dump: which it is, and how our sessions there are set up.
 *
 * @param version the major one
 * @param standby whether it follows another one
 */
record PgServer(int version, String versionText, boolean standby) {

    private static final int OLDEST = 10;
    private static final int TID_RANGES = 14;

    static PgServer of(PgSession session) throws IOException {
        int number = Integer.parseInt(session.value("SHOW server_version_num"));
        if (number < OLDEST * 10000) {
            throw new IOException("the server is PostgreSQL " + session.serverVersion() + ", and " + OLDEST
                    + " or newer is needed: dump it with dump:pgdump");
        }
        return new PgServer(number / 10000, session.serverVersion(),
                session.value("SELECT pg_catalog.pg_is_in_recovery()").equals("t"));
    }

    static PgSession open(PgSettings settings) throws IOException {
        PgSession session = PgSession.connect(settings);
        try {
            session.query(SessionSettings.EXACT);
            session.query(SessionSettings.PATIENT + "; SET lock_timeout = '5min'");
            return session;
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** The statements with which a dump of it begins. */
    String head(String tool, Instant started, int connections, String position) {
        return "-- " + tool + ": native dump, docs/format.md\n--\n-- Server version\t"
                + versionText.replaceAll("\\p{Cntrl}", " ") + "\n-- Snapshot: exported, " + connections
                + (connections == 1 ? " connection, " : " connections, ") + started.truncatedTo(ChronoUnit.SECONDS)
                + ", WAL position " + position + "\n\n"
                + "SET statement_timeout = 0;\nSET lock_timeout = 0;\nSET idle_in_transaction_session_timeout = 0;\n"
                + "SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n"
                + "SELECT pg_catalog.set_config('search_path', '', false);\nSET check_function_bodies = false;\n"
                + "SET xmloption = content;\nSET client_min_messages = warning;\nSET row_security = off;\n"
                + "SET DateStyle = 'ISO, MDY';\nSET IntervalStyle = 'postgres';\nSET lc_monetary = 'C';\n"
                + "SET default_tablespace = '';\n";
    }

    /** Whether it finds the rows of a range of pages without reading all others. */
    boolean readsRanges() {
        return version >= TID_RANGES;
    }
}
