package io.onedump.binlog.restore;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

import io.onedump.artifact.CleanLog;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.restore.choice.RestoreException;
import org.slf4j.Logger;

/** The target's own filters of what its replica threads apply, for as long as a restore takes. */
final class ReplicationFilter implements Closeable {

    private static final Logger LOG = CleanLog.of(ReplicationFilter.class);
    private static final List<String> NONE = List.of("SET GLOBAL replicate_wild_do_table = ''",
            "SET GLOBAL replicate_rewrite_db = ''");

    private final MySqlSession session;
    private final boolean mariadb;
    private final boolean renames;

    private ReplicationFilter(MySqlSession session, boolean renames) {
        this.session = session;
        this.mariadb = session.flavour() == Flavour.MARIADB;
        this.renames = renames;
    }

    /** @return null for everything */
    static ReplicationFilter set(MySqlSession session, Part part) throws IOException {
        if (part.isAll()) {
            return null;
        }
        ReplicationFilter filter = new ReplicationFilter(session, part.into() != null);
        try {
            if (filter.mariadb) {
                session.query("SET GLOBAL replicate_wild_do_table = " + text(String.join(",", part.patterns())));
                if (filter.renames) {
                    session.query("SET GLOBAL replicate_rewrite_db = " + text(part.renamed() + "->" + part.into()));
                }
            } else {
                session.query("CHANGE REPLICATION FILTER REPLICATE_WILD_DO_TABLE = ("
                        + part.patterns().stream().map(ReplicationFilter::text).collect(Collectors.joining(", "))
                        + ")" + (filter.renames
                                ? ", REPLICATE_REWRITE_DB = ((" + name(part.renamed()) + ", " + name(part.into()) + "))"
                                : ""));
            }
            return filter;
        } catch (MySqlException e) {
            filter.close();
            throw new RestoreException("the target cannot take a part of a log"
                    + (filter.renames ? " under another name (MariaDB can from 10.11 on)" : "") + ": " + e.getMessage(),
                    e);
        }
    }

    private static String text(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static String name(String value) {
        return "`" + value.replace("`", "``") + "`";
    }

    @Override
    public void close() {
        for (String statement : mariadb
                ? renames ? NONE : NONE.subList(0, 1)
                : List.of("CHANGE REPLICATION FILTER REPLICATE_WILD_DO_TABLE = (), REPLICATE_REWRITE_DB = ()")) {
            try {
                session.query(statement);
            } catch (IOException e) {
                LOG.warn("the target refused '{}': {}", statement, e.getMessage());
            }
        }
    }
}
