package io.onedump.drill.scratch;

import java.io.Closeable;
import java.io.IOException;

import io.onedump.database.Dsn;
import io.onedump.database.PostgresSettings;
import io.onedump.database.postgres.PgSession;
import io.onedump.database.postgres.PgSettings;

/**
 * A PostgreSQL server on which a drill may make and drop databases: one that says so itself by having one of that name,
 * or one of the drill's own.
 */
final class GivenPostgres {

    static final String DATABASE = "onedump_drill";

    private GivenPostgres() {
    }

    /** @throws ScratchException when the server does not say that it may be used */
    static Scratch open(Dsn dsn) throws IOException {
        Dsn administration = dsn.withDatabase("postgres");
        try (PgSession session = PgSession.connect(settings(administration))) {
            if (session.query("SELECT 1 FROM pg_database WHERE datname = '" + Marker.NAME + "'").isEmpty()) {
                throw new ScratchException(Marker.missing(dsn));
            }
        }
        return prepare(administration, false, () -> drop(administration));
    }

    /**
     * @param isPrivate whether nobody else uses that server
     * @param end       what takes it away
     */
    static Scratch prepare(Dsn administration, boolean isPrivate, Closeable end) throws IOException {
        try (PgSession session = PgSession.connect(settings(administration))) {
            drop(session);
            session.query("CREATE DATABASE " + DATABASE + " TEMPLATE template0");
            return new Scratch(administration.withDatabase(DATABASE), session.serverVersion(), isPrivate, "", end);
        }
    }

    static PgSettings settings(Dsn dsn) {
        return PostgresSettings.of(dsn, null, null);
    }

    private static void drop(Dsn administration) throws IOException {
        try (PgSession session = PgSession.connect(settings(administration))) {
            drop(session);
        }
    }

    private static void drop(PgSession session) throws IOException {
        session.query("DROP DATABASE IF EXISTS " + DATABASE);
    }
}
