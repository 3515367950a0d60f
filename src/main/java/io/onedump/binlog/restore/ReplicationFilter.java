package io.onedump.binlog.restore;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.onedump.artifact.CleanLog;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;
import io.onedump.restore.choice.RestoreException;
import org.slf4j.Logger;

/** The target's own filters of what its replica threads apply. */
final class ReplicationFilter {

    private static final Logger LOG = CleanLog.of(ReplicationFilter.class);

    private static final List<String> NAMES = List.of("Replicate_Do_DB", "Replicate_Ignore_DB", "Replicate_Do_Table",
            "Replicate_Ignore_Table", "Replicate_Wild_Do_Table", "Replicate_Wild_Ignore_Table", "Replicate_Rewrite_DB");

    private ReplicationFilter() {
    }

    /** @param part less than all */
    static void set(MySqlSession session, Part part) throws IOException {
        boolean renames = part.into() != null;
        try {
            if (session.flavour() == Flavour.MARIADB) {
                session.query("SET GLOBAL replicate_wild_do_table = " + Sql.text(String.join(",", part.patterns())));
                if (renames) {
                    session.query("SET GLOBAL replicate_rewrite_db = " + Sql.text(part.renamed() + "->" + part.into()));
                }
            } else {
                session.query("CHANGE REPLICATION FILTER REPLICATE_WILD_DO_TABLE = ("
                        + part.patterns().stream().map(Sql::text).collect(Collectors.joining(", "))
                        + ")" + (renames
                                ? ", REPLICATE_REWRITE_DB = ((" + Sql.name(part.renamed()) + ", "
                                        + Sql.name(part.into()) + "))"
                                : ""));
            }
        } catch (MySqlException e) {
            throw new RestoreException("the target cannot take a part of a log"
                    + (renames ? " under another name (MariaDB can from 10.11 on)" : "") + ": " + e.getMessage(), e);
        }
    }

    /** Takes away what {@link #set} has set. */
    static void clear(MySqlSession session) throws IOException {
        if (session.flavour() == Flavour.MYSQL) {
            session.query("CHANGE REPLICATION FILTER REPLICATE_WILD_DO_TABLE = (), REPLICATE_REWRITE_DB = ()");
            return;
        }
        session.query("SET GLOBAL replicate_wild_do_table = ''");
        if (GlobalSetting.value(session, "replicate_rewrite_db").filter(value -> !value.isEmpty()).isPresent()) {
            session.query("SET GLOBAL replicate_rewrite_db = ''");
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
                + " leaves that behind where it may note nothing on the target: take it away (MariaDB: SET GLOBAL "
                + name.toLowerCase(Locale.ROOT)
                + " = ''; MySQL: CHANGE REPLICATION FILTER " + name.toUpperCase(Locale.ROOT) + " = ())");
    }
}
