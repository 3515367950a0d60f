package io.onedump.dump.postgres;

import java.io.IOException;

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

    /** Whether it finds the rows of a range of pages without reading all others. */
    boolean readsRanges() {
        return version >= TID_RANGES;
    }
}
