package io.onedump.restore.mysql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.Sql;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.DumpIndex.Kind;
import io.onedump.restore.choice.RestoreException;

/** Makes everything but rows, by one connection. */
final class Schema {

    /** What may need what comes after it in a dump. */
    private static final Set<DumpIndex.Kind> MAY_WAIT = EnumSet.of(DumpIndex.Kind.VIEW, DumpIndex.Kind.GRANT);
    private static final Set<DumpIndex.Kind> REPLACED = EnumSet.of(DumpIndex.Kind.TRIGGER, DumpIndex.Kind.PACKAGE,
            DumpIndex.Kind.PACKAGE_BODY, DumpIndex.Kind.FUNCTION, DumpIndex.Kind.PROCEDURE, DumpIndex.Kind.VIEW,
            DumpIndex.Kind.EVENT);

    private final TargetSession target;
    private final NativePlan plan;
    private final Rewriting rewriting;
    private final Consumer<String> tell;
    /** Tables that refer to others: what was read of them is not read again. */
    private final Map<DumpIndex.Part, TableDefinition> referring = new LinkedHashMap<>();

    Schema(TargetSession target, NativePlan plan, Consumer<String> tell) {
        this.target = target;
        this.plan = plan;
        this.tell = tell;
        this.rewriting = rewriting(plan);
    }

    static Rewriting rewriting(NativePlan plan) {
        Map<String, String> names = new HashMap<>();
        plan.targets().forEach((from, to) -> {
            if (!from.equals(to)) {
                names.put(Names.bytes(from), Names.bytes(to));
            }
        });
        return new Rewriting(names, plan.choice().definer() == null ? null : account(plan.choice().definer()));
    }

    private static String account(String definer) {
        int at = definer.lastIndexOf('@');
        return definer.isEmpty()
                ? ""
                : Names.bytes(at < 0
                        ? Sql.name(definer) + "@`%`"
                        : Sql.name(definer.substring(0, at)) + "@" + Sql.name(definer.substring(at + 1)));
    }

    /** The databases themselves, and accounts, which come before them. */
    void databases() throws IOException {
        for (DumpIndex.Part part : plan.before()) {
            if (part.kind() == Kind.ACCOUNT) {
                run(part);
            }
        }
        for (Map.Entry<String, String> database : plan.targets().entrySet()) {
            boolean named = plan.file().index().origin().named();
            DumpIndex.Part made = plan.before().stream()
                    .filter(part -> part.kind() == Kind.DATABASE && part.name().equals(database.getKey())).findFirst()
                    .orElse(null);
            if (made != null && named) {
                String create = SqlStatements.of(plan.sql(made)).get(0);
                target.run(create.replace(Names.bytes(Sql.name(database.getKey())),
                        Names.bytes(Sql.name(database.getValue()))), "database " + database.getValue());
            } else if (target.query("SELECT 1 FROM information_schema.schemata WHERE schema_name = "
                    + Sql.text(database.getValue())).isEmpty()) {
                target.query("CREATE DATABASE " + Sql.name(database.getValue()));
            }
            if (made != null && !named) {
                target.use(database.getValue());
                run(made);
            }
        }
    }

    /**
     * Sequences and tables.
     *
     * @param  defer which tables get most of their keys later
     * @return       those tables
     */
    Map<DumpIndex.Table, TableDefinition> tables(Journal journal, Predicate<DumpIndex.Table> defer)
            throws IOException {
        Map<DumpIndex.Table, TableDefinition> deferred = new LinkedHashMap<>();
        Map<String, DumpIndex.Table> tables = new HashMap<>();
        plan.tables().forEach(table -> tables.put(table.database() + "\0" + table.name(), table));
        for (DumpIndex.Part part : plan.before()) {
            if (part.kind() == Kind.SEQUENCE && !journal.isDone(part.frame())) {
                load(part);
                journal.note(target, part.frame());
            }
            if (part.kind() != Kind.TABLE) {
                continue;
            }
            List<String> statements = statements(part);
            String create = statements.get(statements.size() - 1);
            TableDefinition definition = TableDefinition.of(create);
            if (definition != null && definition.hasReferences()) {
                referring.put(part, definition);
            }
            DumpIndex.Table table = tables.get(part.database() + "\0" + part.name());
            boolean later = definition != null && definition.hasKeys() && table != null && defer.test(table);
            if (later) {
                deferred.put(table, definition);
            }
            if (!journal.isDone(part.frame())) {
                target.use(plan.targets().get(part.database()));
                dropView(part);
                for (String statement : statements.subList(0, statements.size() - 1)) {
                    target.run(statement, what(part));
                }
                target.run(definition == null ? create : later ? definition.bare() : definition.withKeys(),
                        what(part));
                journal.note(target, part.frame());
            }
        }
        return deferred;
    }

    private void dropView(DumpIndex.Part part) throws IOException {
        String database = plan.targets().get(part.database());
        if (!target.query("SELECT 1 FROM information_schema.views WHERE table_schema = " + Sql.text(database)
                + " AND table_name = " + Sql.text(part.name())).isEmpty()) {
            target.query("DROP VIEW " + Sql.name(database, part.name()));
        }
    }

    /** What refers to other tables, when all of them and their keys are there. */
    void references() throws IOException {
        for (Map.Entry<DumpIndex.Part, TableDefinition> table : referring.entrySet()) {
            DumpIndex.Part part = table.getKey();
            String database = plan.targets().get(part.database());
            String additions = table.getValue().references(constraints(database, part.name()));
            if (!additions.isEmpty()) {
                target.use(database);
                reference("ALTER TABLE " + Names.bytes(Sql.name(part.name())) + " " + additions, part, database,
                        table.getValue());
            }
        }
    }

    /** What a restore that broke off may still have added on the server is no failure when all are there. */
    private void reference(String alter, DumpIndex.Part part, String database,
            TableDefinition definition) throws IOException {
        try {
            target.run(alter, what(part));
        } catch (MySqlException e) {
            if (!definition.references(constraints(database, part.name())).isEmpty()) {
                throw e;
            }
        }
    }

    private List<String> constraints(String database, String table) throws IOException {
        return target.query("SELECT constraint_name FROM information_schema.table_constraints WHERE"
                + " constraint_type = 'FOREIGN KEY' AND table_schema = " + Sql.text(database) + " AND table_name = "
                + Sql.text(table)).stream().map(row -> Names.bytes(row.get(0))).toList();
    }

    /**
     * Everything that comes after the rows. What needs another that is not there yet is tried again behind it.
     *
     * @param events whether it is those, which may begin to run and change rows, or all others
     */
    void after(Journal journal, boolean events) throws IOException {
        List<DumpIndex.Part> left = new ArrayList<>(plan.after().stream()
                .filter(part -> part.kind() == Kind.EVENT == events && !journal.isDone(part.frame())).toList());
        while (!left.isEmpty()) {
            List<DumpIndex.Part> again = new ArrayList<>();
            MySqlException failure = null;
            for (DumpIndex.Part part : left) {
                try {
                    drop(part);
                    load(part);
                    journal.note(target, part.frame());
                } catch (MySqlException e) {
                    if (!MAY_WAIT.contains(part.kind()) || !NativeRestore.isMissing(e) && !isDenied(e)) {
                        throw e;
                    }
                    failure = e;
                    again.add(part);
                    // The statements behind the one that failed were not run: back to the dump's settings.
                    for (String statement : plan.head()) {
                        target.run(statement, "the settings of the dump");
                    }
                }
            }
            if (again.size() == left.size()) {
                throw failure;
            }
            left = again;
        }
    }

    /** A view's definer gets his rights, and rights their views, with other parts of the dump. */
    private static boolean isDenied(MySqlException e) {
        // ER_TABLEACCESS_DENIED_ERROR, ER_COLUMNACCESS_DENIED_ERROR, ER_PROCACCESS_DENIED_ERROR
        return e.code() == 1142 || e.code() == 1143 || e.code() == 1370;
    }

    private void drop(DumpIndex.Part part) throws IOException {
        if (!REPLACED.contains(part.kind())) {
            return;
        }
        boolean ofOracle = part.kind() == Kind.PACKAGE || part.kind() == Kind.PACKAGE_BODY;
        if (ofOracle) {
            // MariaDB knows the word in that mode only.
            target.query("SET @onedump_sql_mode = @@SESSION.sql_mode, SESSION sql_mode = 'ORACLE'");
        }
        target.query("DROP " + part.kind().name().replace('_', ' ') + " IF EXISTS "
                + Sql.name(plan.targets().get(part.database()), part.name()));
        if (ofOracle) {
            target.query("SET SESSION sql_mode = @onedump_sql_mode");
        }
    }

    private void load(DumpIndex.Part part) throws IOException {
        if (part.database() != null) {
            target.use(plan.targets().get(part.database()));
        }
        run(part);
    }

    private void run(DumpIndex.Part part) throws IOException {
        for (String statement : statements(part)) {
            target.run(statement, what(part));
        }
    }

    /** Those of a part as they are to be run; which database they are for is said by the connection. */
    private List<String> statements(DumpIndex.Part part) throws IOException {
        boolean body = part.kind().compareTo(Kind.SEQUENCE_VALUE) > 0 && part.kind() != Kind.GRANT;
        List<String> statements = new ArrayList<>();
        for (String statement : SqlStatements.of(plan.sql(part))) {
            if (!statement.startsWith("USE `")) {
                if (statement.startsWith("DROP ") && !statement.equals(
                        "DROP " + part.kind() + " IF EXISTS " + Names.bytes(Sql.name(part.name())))) {
                    throw new RestoreException(what(part) + ", frame " + part.frame()
                            + " is not of that: the table index is not this dump's");
                }
                String named = part.database() == null ? statement : rewriting.named(statement);
                statements.add(body ? rewriting.defined(named) : named);
                if (body && !rewriting.databases().isEmpty()) {
                    rewriting.textsWithOldNames(statement).forEach(text -> tell.accept(what(part)
                            + " names its database in a text, which stays: "
                            + new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)));
                }
            }
        }
        return statements;
    }

    private static String what(DumpIndex.Part part) {
        return Names.kind(part) + " "
                + (part.database() == null || part.kind() == Kind.DATABASE ? "" : part.database() + ".")
                + part.name();
    }
}
