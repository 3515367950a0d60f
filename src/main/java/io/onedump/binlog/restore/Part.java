package io.onedump.binlog.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.LoggedTransaction;
import io.onedump.binlog.find.FoundTransaction;
import io.onedump.database.TableGlob;
import io.onedump.restore.choice.RestoreException;

/**
 * Which databases and tables a log is applied to. The target's replication filters take the changes of rows, which name
 * their tables, and the definitions of these tables; what a filter would take wrongly is refused, or left out.
 *
 * @param databases empty for all
 * @param tables    globs {@code database.table} or {@code table}; empty for all
 * @param into      another name for the one database, or null
 */
public record Part(List<String> databases, List<String> tables, String into) {

    /** Everything, as it is. */
    public static final Part ALL = new Part(List.of(), List.of(), null);

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
    private static final String COMMENTS = "\\s*(?:/\\*.*?\\*/\\s*)*+";
    private static final Pattern ACCOUNTS = Pattern.compile(COMMENTS
            + "(?:(?:CREATE|ALTER|DROP|RENAME)\\s+(?:OR\\s+REPLACE\\s+)?(?:USER|ROLE)|GRANT|REVOKE|SET\\s+(?:PASSWORD|"
            + "DEFAULT\\s+ROLE))\\b.*", FLAGS);
    private static final Pattern DEFINITION = Pattern.compile(COMMENTS
            + "(?:CREATE|ALTER|DROP|TRUNCATE|RENAME|ANALYZE|OPTIMIZE|REPAIR|FLUSH)\\b.*", FLAGS);
    private static final Pattern OF_DATABASE = Pattern.compile(COMMENTS
            + "(?:CREATE|ALTER|DROP)\\s+(?:OR\\s+REPLACE\\s+)?(?:DATABASE|SCHEMA)\\b.*", FLAGS);
    private static final Pattern CONTROL = Pattern.compile(COMMENTS
            + "(?:SAVEPOINT|ROLLBACK|RELEASE|XA|SET)\\b.*", FLAGS);
    private static final Pattern CASCADE =
            Pattern.compile("\\bREFERENCES\\b.*\\b(?:CASCADE|SET\\s+(?:NULL|DEFAULT))\\b",
                    FLAGS);
    /** A name and a dot before another name. */
    private static final Pattern QUALIFIER =
            Pattern.compile("(?:`((?:[^`]|``)+)`|([\\w$]*[A-Za-z_$][\\w$]*))\\s*\\.\\s*"
                    + "(?=[`A-Za-z_$])");

    public Part {
        databases = List.copyOf(databases);
        tables = List.copyOf(tables);
        if (into != null && only(databases, tables) == null) {
            throw new IllegalArgumentException("another name takes one database: name it with --database, or each table"
                    + " as database.table");
        }
    }

    public boolean isAll() {
        return databases.isEmpty() && tables.isEmpty() && into == null;
    }

    /** What is done with a transaction. */
    enum Verdict {
        /** The filters take of it what is wanted. */
        SERVED,
        /** Nothing of it is wanted, and the filters may not see that. */
        LEFT_OUT
    }

    /** @throws RestoreException when the filters would not do with it what is right */
    Verdict judge(BinlogName file, LoggedTransaction transaction) throws RestoreException {
        Verdict verdict = Verdict.SERVED;
        for (LoggedTransaction.Statement statement : transaction.statements()) {
            if (CONTROL.matcher(statement.sql()).matches()) {
                continue;
            }
            if (ACCOUNTS.matcher(statement.sql()).matches() || !touches(statement)) {
                verdict = Verdict.LEFT_OUT;
            } else {
                check(file, transaction, statement);
            }
        }
        // Rows beside statements: the filters see both.
        return transaction.tables().isEmpty() ? verdict : Verdict.SERVED;
    }

    private void check(BinlogName file, LoggedTransaction transaction, LoggedTransaction.Statement statement)
            throws RestoreException {
        if (OF_DATABASE.matcher(statement.sql()).matches()) {
            throw refused(file, transaction, "it is about the database as a whole");
        }
        boolean own = databases.isEmpty() ? only(databases, tables) != null : databases.size() == 1;
        for (String qualifier : qualifiers(statement.sql())) {
            if (into != null && qualifier.equalsIgnoreCase(only(databases, tables))) {
                throw refused(file, transaction, "it names the database, and would not go into " + into);
            }
        }
        if (DEFINITION.matcher(statement.sql()).matches()) {
            if (!tables.isEmpty() && CASCADE.matcher(statement.sql()).find()) {
                throw refused(file, transaction, "rows change with those of another table from then on");
            }
            return;
        }
        boolean inside = own && tables.isEmpty() && statement.database().equalsIgnoreCase(databases.get(0))
                && qualifiers(statement.sql()).stream().allMatch(databases.get(0)::equalsIgnoreCase);
        if (!inside) {
            throw refused(file, transaction, "it was logged as a statement, not as rows, and may read what is not"
                    + " restored");
        }
    }

    private static RestoreException refused(BinlogName file, LoggedTransaction transaction, String reason) {
        return new RestoreException("a part cannot be brought there: " + reason + ": "
                + new FoundTransaction(file, transaction) + "; choose an end before it, or restore the whole server"
                + " elsewhere and take the part from there, as --through <dsn of a scratch server> does");
    }

    /** Rather too many than too few: a name anywhere in the text. */
    private boolean touches(LoggedTransaction.Statement statement) {
        List<String> named = new ArrayList<>(qualifiers(statement.sql()));
        named.add(statement.database());
        boolean database = named.stream().anyMatch(this::takesDatabase)
                || OF_DATABASE.matcher(statement.sql()).matches() && named(statement.sql(), databaseNames());
        if (!database || tables.isEmpty() || OF_DATABASE.matcher(statement.sql()).matches()) {
            return database;
        }
        for (String table : tables) {
            String glob = table.substring(table.indexOf('.') + 1);
            String expression = glob.chars().mapToObj(c -> c == '*'
                    ? "[\\w$]*"
                    : c == '?'
                            ? "[\\w$]"
                            : Pattern.quote(String.valueOf((char) c)))
                    .reduce("", String::concat);
            if (Pattern.compile("(?<![\\w$])" + expression + "(?![\\w$])", FLAGS).matcher(statement.sql()).find()) {
                return true;
            }
        }
        return false;
    }

    private static boolean named(String sql, List<String> names) {
        return names.stream().anyMatch(name -> sql.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT)));
    }

    private List<String> databaseNames() {
        List<String> names = new ArrayList<>(databases);
        tables.stream().filter(table -> table.contains(".")).forEach(table -> names.add(table.substring(0,
                table.indexOf('.'))));
        return names;
    }

    private boolean takesDatabase(String name) {
        if (!databases.isEmpty()) {
            return databases.stream().anyMatch(name::equalsIgnoreCase);
        }
        return tables.stream().anyMatch(table -> !table.contains(".")
                || TableGlob.matches(table.substring(0, table.indexOf('.')) + ".*", name, "any"));
    }

    /** @param table {@code database.table} as the log has it */
    boolean takes(String table) {
        int dot = table.indexOf('.');
        String database = table.substring(0, dot);
        String name = table.substring(dot + 1);
        return (databases.isEmpty() || databases.stream().anyMatch(database::equalsIgnoreCase))
                && (tables.isEmpty() || tables.stream().anyMatch(glob -> TableGlob.matches(
                        glob.toLowerCase(Locale.ROOT), database.toLowerCase(Locale.ROOT),
                        name.toLowerCase(Locale.ROOT))));
    }

    private static List<String> qualifiers(String sql) {
        List<String> found = new ArrayList<>();
        Matcher matcher = QUALIFIER.matcher(sql);
        while (matcher.find()) {
            found.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1).replace("``", "`"));
        }
        return found;
    }

    /** The one database that is meant; null when there may be several. */
    static String only(List<String> databases, List<String> tables) {
        if (databases.size() == 1) {
            return databases.get(0);
        }
        List<String> named = tables.stream().map(table -> table.contains(".")
                ? table.substring(0, table.indexOf('.'))
                : "*").distinct().toList();
        return databases.isEmpty() && named.size() == 1 && !named.get(0).matches(".*[*?].*") ? named.get(0) : null;
    }

    /** The database that gets another name. */
    String renamed() {
        return into == null ? null : only(databases, tables);
    }

    /** For {@code replicate-wild-do-table}: names with {@code %} and {@code _}, as they are called on the target. */
    List<String> patterns() {
        List<String> all = new ArrayList<>();
        if (tables.isEmpty()) {
            databases.forEach(database -> all.add(literal(into == null ? database : into) + ".%"));
        }
        for (String table : tables) {
            int dot = table.indexOf('.');
            List<String> of =
                    dot >= 0 ? List.of(table.substring(0, dot)) : databases.isEmpty() ? List.of("*") : databases;
            of.forEach(database -> all.add((into == null ? glob(database) : literal(into)) + "."
                    + glob(table.substring(dot + 1))));
        }
        return all;
    }

    private static String literal(String name) {
        return name.replaceAll("([\\\\%_])", "\\\\$1");
    }

    private static String glob(String name) {
        return literal(name).replace('*', '%').replace('?', '_');
    }
}
