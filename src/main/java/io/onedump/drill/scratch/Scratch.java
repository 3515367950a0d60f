package io.onedump.drill.scratch;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Sql;
import io.onedump.database.postgres.PgSession;

/**
 * A server that a drill may do with as it likes. Closing takes away what the drill has made there.
 *
 * @param dsn       by an account that may do everything; of PostgreSQL with the database to restore into
 * @param version   what the server says of it
 * @param isPrivate whether nothing but the drill's own is there, so that accounts can be compared too
 * @param own       the account or database that the drill itself needs there, which no dump has; empty for none
 * @param end       what closing does
 */
public record Scratch(Dsn dsn, String version, boolean isPrivate, String own, Closeable end) implements Closeable {

    /** Makes a database of MySQL or MariaDB, for a dump that makes none. */
    public void makeDatabase(String name) throws IOException {
        try (MySqlSession session = MySqlSession.connect(MySqlDsn.settings(dsn))) {
            session.query("CREATE DATABASE " + Sql.name(name));
        }
    }

    /** Makes the roles of PostgreSQL that are not there; dumps of others bring their accounts with them. */
    public void makeRoles(Collection<String> names) throws IOException {
        try (PgSession session = PgSession.connect(GivenPostgres.settings(dsn))) {
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
        end.close();
    }
}
