package io.onedump.binlog.find;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.binlog.event.LoggedTransaction;

/**
 * What transactions somebody is looking for.
 *
 * @param since first commit time, or null
 * @param until commit time before which to stop, or null
 * @param table {@code database.table}, or null for any
 * @param ddl   only changes of definitions and accounts
 */
public record Search(Instant since, Instant until, String table, boolean ddl) {

    private static final Pattern DEFINITION = Pattern.compile(
            "\\s*(?:/\\*.*?\\*/\\s*)*(?:CREATE|ALTER|DROP|TRUNCATE|RENAME|GRANT|REVOKE|ANALYZE|OPTIMIZE|REPAIR)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern DROP_DATABASE = Pattern.compile(
            "\\s*(?:/\\*.*?\\*/\\s*)*DROP\\s+(?:DATABASE|SCHEMA)\\s+(?:/\\*.*?\\*/\\s*)*(?:IF\\s+EXISTS\\s+)?"
                    + "(`(?:[^`]|``)+`|[^\\s;`/]+)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    public Search {
        if (table != null && !table.matches("[^.]+\\.[^.]+")) {
            throw new IllegalArgumentException("the table must be written database.table, not '" + table + "'");
        }
    }

    boolean inTime(LoggedTransaction transaction) {
        Instant time = transaction.begin().time();
        return (since == null || !time.isBefore(since)) && (until == null || time.isBefore(until));
    }

    boolean matches(LoggedTransaction transaction) {
        boolean definition = transaction.statements().stream().anyMatch(Search::isDefinition);
        return inTime(transaction) && (!ddl || definition) && (table == null || touches(transaction));
    }

    private static boolean isDefinition(LoggedTransaction.Statement statement) {
        return DEFINITION.matcher(statement.sql()).matches();
    }

    /**
     * Row changes name their tables; of statements the text is searched, which may find too much but not too little.
     */
    private boolean touches(LoggedTransaction transaction) {
        if (transaction.tables().stream().anyMatch(table::equalsIgnoreCase)) {
            return true;
        }
        String database = table.substring(0, table.indexOf('.')).toLowerCase(Locale.ROOT);
        Pattern name =
                Pattern.compile("(?<![\\w$])" + Pattern.quote(table.substring(table.indexOf('.') + 1)) + "(?![\\w$])",
                        Pattern.CASE_INSENSITIVE);
        return transaction.statements().stream().anyMatch(statement -> touches(statement, database, name));
    }

    private static boolean touches(LoggedTransaction.Statement statement, String database, Pattern name) {
        Matcher drop = DROP_DATABASE.matcher(statement.sql());
        if (drop.lookingAt()) {
            // It names no table, and takes all of them away.
            return drop.group(1).replaceAll("^`|`$", "").replace("``", "`").equalsIgnoreCase(database);
        }
        return (statement.database().equalsIgnoreCase(database)
                || statement.sql().toLowerCase(Locale.ROOT).contains(database)) && name.matcher(statement.sql()).find();
    }
}
