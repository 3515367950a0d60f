package io.onedump.binlog.restore;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.onedump.artifact.CleanLog;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.restore.choice.RestoreException;
import org.slf4j.Logger;

/** The target's own filters of what its replica threads apply, for as long as a restore takes. */
final class ReplicationFilter implements Closeable {

    private static final Logger LOG = CleanLog.of(ReplicationFilter.class);
    private static final List<String> NONE = List.of("SET GLOBAL replicate_wild_do_table = ''",
            "SET GLOBAL replicate_rewrite_db = ''");

    private static final List<String> NAMES = List.of("Replicate_Do_DB", "Replicate_Ignore_DB", "Replicate_Do_Table",
            "Replicate_Ignore_Table", "Replicate_Wild_Do_Table", "Replicate_Wild_Ignore_Table", "Replicate_Rewrite_DB");

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

    /**
     * Refuses a target that has filters already: what they take would be missing without a word, and nobody else's are
     * replaced.
     */
    static void requireNone(MySqlSession session) throws IOException {
        boolean mariadb = session.flavour() == Flavour.MARIADB;
        List<Row> filters;
        try {
            filters = session.query(mariadb
                    ? "SELECT variable_name, variable_value FROM information_schema.global_variables WHERE"
                            + " variable_value <> '' AND variable_name IN ('REPLICATE_DO_DB', 'REPLICATE_DO_TABLE',"
                            + " 'REPLICATE_IGNORE_DB', 'REPLICATE_IGNORE_TABLE', 'REPLICATE_REWRITE_DB',"
                            + " 'REPLICATE_WILD_DO_TABLE', 'REPLICATE_WILD_IGNORE_TABLE')"
                    : "SELECT filter_name, filter_rule FROM performance_schema.replication_applier_global_filters UNION"
                            + " SELECT filter_name, filter_rule FROM performance_schema.replication_applier_filters");
        } catch (MySqlException e) {
            LOG.debug("filters of the target are not known: {}", e.getMessage());
            return;
        }
        if (!filters.isEmpty()) {
            throw refused(filters.get(0).get(0), filters.get(0).get(1));
        }
    }

    /** The same by a replica's status, which says it also where MySQL's performance schema is off. */
    static void requireNone(Row status) throws RestoreException {
        for (String name : NAMES) {
            String value = status.get(name);
            if (value != null && !value.isEmpty()) {
                throw refused(name, value);
            }
        }
    }

    private static RestoreException refused(String name, String value) {
        return new RestoreException("the target filters what its replica threads apply, so that something would be"
                + " missing: " + name.toLowerCase(Locale.ROOT) + " is " + value
                + "; a restore of a part that was killed"
                + " leaves that behind: take it away (MariaDB: SET GLOBAL " + name.toLowerCase(Locale.ROOT)
                + " = ''; MySQL: CHANGE REPLICATION FILTER " + name.toUpperCase(Locale.ROOT) + " = ())");
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
