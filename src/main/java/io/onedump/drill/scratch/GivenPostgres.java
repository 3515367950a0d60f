package io.onedump.drill.scratch;

import java.io.IOException;
import java.util.Collection;

import io.onedump.database.Dsn;
import io.onedump.database.PostgresSettings;
import io.onedump.database.postgres.PgSession;
import io.onedump.database.postgres.PgSettings;

/**
 * A PostgreSQL server on which a drill may make and drop databases: one that says so itself by having one of that name,
 * or one of the drill's own.
 */
final class GivenPostgres implements Scratch {

    static final String DATABASE = "onedump_drill";

    private final Dsn administration;
    private final String version;
    private final boolean own;

    private GivenPostgres(Dsn administration, String version, boolean own) {
        this.administration = administration;
        this.version = version;
        this.own = own;
    }

    /** @throws ScratchException when the server does not say that it may be used */
    static GivenPostgres open(Dsn dsn) throws IOException {
        Dsn administration = dsn.withDatabase("postgres");
        try (PgSession session = PgSession.connect(settings(administration))) {
            if (session.query("SELECT 1 FROM pg_database WHERE datname = '" + Marker.NAME + "'").isEmpty()) {
                throw new ScratchException(Marker.missing(dsn));
            }
        }
        return prepare(administration, false);
    }

    /** @param own whether nobody else uses that server */
    static GivenPostgres prepare(Dsn administration, boolean own) throws IOException {
        try (PgSession session = PgSession.connect(settings(administration))) {
            drop(session);
            session.query("CREATE DATABASE " + DATABASE + " TEMPLATE template0");
            return new GivenPostgres(administration, session.serverVersion(), own);
        }
    }

    static PgSettings settings(Dsn dsn) {
        return PostgresSettings.of(dsn, null, null);
    }

    private static void drop(PgSession session) throws IOException {
        session.query("DROP DATABASE IF EXISTS " + DATABASE);
    }

    @Override
    public Dsn dsn() {
        return administration.withDatabase(DATABASE);
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public boolean isPrivate() {
        return own;
    }

    @Override
    public String own() {
        return "";
    }

    @Override
    public void makeDatabase(String name) {
        // The dump of one database goes into the drill's.
    }

    @Override
    public void makeRoles(Collection<String> names) throws IOException {
        try (PgSession session = PgSession.connect(settings(administration))) {
            for (String name : names) {
                String quoted = name.replace("'", "''");
                if (session.query("SELECT 1 FROM pg_roles WHERE rolname = '" + quoted + "'").isEmpty()) {
                    session.query("CREATE ROLE \"" + name.replace("\"", "\"\"") + "\"");
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (PgSession session = PgSession.connect(settings(administration))) {
            drop(session);
        }
    }
}
