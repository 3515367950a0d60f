package io.onedump.drill.scratch;

import java.io.IOException;
import java.util.Collection;
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
final class GivenMySql implements Scratch {

    private static final Logger LOG = CleanLog.of(GivenMySql.class);

    private final Dsn dsn;
    private final String version;

    private GivenMySql(Dsn dsn, String version) {
        this.dsn = dsn;
        this.version = version;
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
            return new GivenMySql(server, session.serverVersion());
        }
    }

    private static void empty(MySqlSession session, Dsn dsn) throws IOException {
        List<String> databases = MySqlScratch.databases(session);
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

    @Override
    public Dsn dsn() {
        return dsn;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public boolean isPrivate() {
        return false;
    }

    @Override
    public String own() {
        return Marker.NAME;
    }

    @Override
    public void makeDatabase(String name) throws IOException {
        MySqlScratch.makeDatabase(dsn, name);
    }

    @Override
    public void makeRoles(Collection<String> names) {
        // Its dumps bring their accounts with them.
    }

    @Override
    public void close() throws IOException {
        try (MySqlSession session = MySqlSession.connect(MySqlDsn.settings(dsn))) {
            empty(session, dsn);
        }
    }
}
