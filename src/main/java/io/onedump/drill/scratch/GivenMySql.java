package io.onedump.drill.scratch;

import java.io.IOException;
import java.util.List;

import io.onedump.artifact.CleanLog;
import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;
import org.slf4j.Logger;

/** A MySQL or MariaDB server that says itself that a drill may drop its databases, by having one of that name. */
final class GivenMySql {

    private static final Logger LOG = CleanLog.of(GivenMySql.class);

    private static final List<String> SYSTEM = List.of("mysql", "sys", "information_schema", "performance_schema");

    private GivenMySql() {
    }

    static Scratch open(Dsn dsn, ScratchChoice.Origin origin) throws IOException {
        Dsn server = dsn.withDatabase(null);
        try (MySqlSession session = MySqlSession.connect(MySqlDsn.settings(server))) {
            boolean mariaDb = session.flavour() == Flavour.MARIADB;
            if (mariaDb != origin.family().equals("mariadb")) {
                throw new ScratchException("scratch " + dsn.display() + ": it is " + session.serverVersion()
                        + ", the dump is of " + origin.version());
            }
            String own = mariaDb ? "" : Row.only(session.query("SELECT @@server_uuid")).get(0);
            if (!own.isEmpty() && own.equals(origin.server())) {
                throw new ScratchException("scratch " + dsn.display() + ": that is the server that was dumped");
            }
            empty(session, dsn);
            return new Scratch(server, session.serverVersion(), false, Marker.NAME, () -> empty(server));
        }
    }

    private static void empty(Dsn server) throws IOException {
        try (MySqlSession session = MySqlSession.connect(MySqlDsn.settings(server))) {
            empty(session, server);
        }
    }

    private static void empty(MySqlSession session, Dsn dsn) throws IOException {
        List<String> databases = session.query("SHOW DATABASES").stream().map((Row row) -> row.get(0))
                .filter(name -> !SYSTEM.contains(name)).toList();
        if (!databases.contains(Marker.NAME)) {
            throw new ScratchException(Marker.missing(dsn));
        }
        for (String database : databases) {
            if (!database.equals(Marker.NAME)) {
                session.query("DROP DATABASE " + Sql.name(database));
                LOG.info("scratch {}: dropped the database {}", dsn.display(), database);
            }
        }
    }
}
