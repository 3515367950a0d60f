package io.onedump.restore.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.database.ProductVersion;
import io.onedump.database.postgres.PgException;
import io.onedump.database.postgres.PgSql;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.DumpIndex.Kind;
import io.onedump.restore.choice.RestoreException;

/**
 * What is on the target before anything is written, and whether the plan can be done there.
 *
 * @param present what has names of those that come back
 * @param drops   what removes that
 */
record PgState(String version, List<String> present, List<String> drops, List<String> notes) {

    private static final Pattern OWNED =
            Pattern.compile("\\nALTER ([A-Z ]+) (\\S[^\\n]*) OWNER TO [^\\n]*;\\s*\\z");
    private static final Pattern OBJECT = Pattern.compile("lo_create\\('(\\d+)'\\)");
    private static final Map<String, String> WORDS = Map.of("r", "TABLE", "p", "TABLE", "v", "VIEW", "m",
            "MATERIALIZED VIEW", "S", "SEQUENCE", "f", "FOREIGN TABLE");

    /** @throws RestoreException when it cannot be done, saying what would help */
    static PgState look(PgTarget target, PgPlan plan) throws IOException {
        DumpIndex.Origin origin = plan.file().index().origin();
        String version = target.session().serverVersion();
        List<String> notes = new ArrayList<>();
        ProductVersion.find(version + ".0").ifPresent(now -> ProductVersion.find(origin.server() + ".0")
                .ifPresent(then -> {
                    if (now.major() < then.major()) {
                        notes.add("the target, " + version + ", is older than the server of the dump, "
                                + origin.server() + ": what it does not know it will refuse");
                    }
                }));
        if (target.value("SELECT pg_catalog.pg_is_in_recovery()").equals("t")) {
            throw new RestoreException("the target is a standby, into which nothing can be written: restore into its"
                    + " primary");
        }
        String encoding = target.value("SHOW server_encoding");
        if (!encoding.equals("UTF8")) {
            notes.add("the target's database has the encoding " + encoding + ": what it cannot hold it will refuse");
        }
        PgState state = new PgState(version, new ArrayList<>(), new ArrayList<>(), notes);
        Map<String, String> there = relations(target);
        if (plan.makesTables()) {
            state.schema(target, plan, there);
            for (DumpIndex.Table table : plan.ofExtensions()) {
                if (plan.choice().isOfTables() || there.containsKey(PgPlan.key(table.database(), table.name()))) {
                    state.rows(target, table, there);
                }
            }
        } else {
            for (DumpIndex.Table table : plan.tables()) {
                state.rows(target, table, there);
            }
        }
        state.largeObjects(target, plan);
        return state;
    }

    private static Map<String, String> relations(PgTarget target) throws IOException {
        Map<String, String> there = new HashMap<>();
        for (List<String> row : target.query("SELECT n.nspname, c.relname, c.relkind FROM pg_catalog.pg_class c JOIN"
                + " pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S',"
                + " 'f') AND n.nspname !~ '^pg_'")) {
            there.put(PgPlan.key(row.get(0), row.get(1)), WORDS.get(row.get(2)));
        }
        return there;
    }

    private void schema(PgTarget target, PgPlan plan, Map<String, String> there) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        for (DumpIndex.Part part : plan.before()) {
            String relation = PgPlan.relation(part);
            boolean itself = part.kind() == Kind.TABLE || part.kind() == Kind.SEQUENCE
                    || part.name().matches("(?s)(MATERIALIZED )?VIEW .*");
            if (itself) {
                names.add(part.kind() == Kind.SEQUENCE ? PgPlan.key(part.database(), part.name()) : relation);
            } else if (relation == null && !plan.isSupport(part) && !PgSchema.isSchema(part)
                    && !PgPlan.isOfLargeObjects(part)) {
                other(target, part, plan.text(part));
            }
        }
        for (DumpIndex.Part part : plan.after()) {
            if (PgPlan.relation(part) == null) {
                other(target, part, plan.text(part));
            }
        }
        for (String name : names) {
            if (there.containsKey(name)) {
                int zero = name.indexOf('\0');
                present.add(name.replace('\0', '.'));
                // A table takes its sequences with it.
                drops.add(there.get(name).equals("SEQUENCE") ? drops.size() : 0, "DROP " + there.get(name)
                        + " IF EXISTS " + PgSql.name(name.substring(0, zero), name.substring(zero + 1)) + " CASCADE");
            }
        }
    }

    /** A type, a function: whether it is there is seen by what dropping it says. */
    private void other(PgTarget target, DumpIndex.Part part, String sql) throws IOException {
        Matcher owned = OWNED.matcher("\n" + sql);
        if (!owned.find()) {
            return;
        }
        String kind = owned.group(1).strip();
        String name = owned.group(2);
        String exists = switch (kind) {
            case "TYPE", "DOMAIN" -> "pg_catalog.to_regtype(" + PgSql.text(name) + ")";
            case "FUNCTION", "PROCEDURE", "AGGREGATE" -> "pg_catalog.to_regprocedure(" + PgSql.text(signature(part))
                    + ")";
            case "PUBLICATION" -> named("pg_publication", "pubname", part, kind);
            case "EVENT TRIGGER" -> named("pg_event_trigger", "evtname", part, kind);
            case "SUBSCRIPTION" -> named("pg_subscription", "subname", part, kind)
                    + " AND subdbid IN (SELECT oid FROM pg_catalog.pg_database WHERE datname ="
                    + " pg_catalog.current_database())";
            default -> "NULL";
        };
        if (exists.equals("NULL") || isThere(target, exists)) {
            if (!exists.equals("NULL")) {
                present.add(kind.toLowerCase(java.util.Locale.ROOT) + " " + name);
            }
            drops.add(0, "DROP " + kind + " IF EXISTS " + name + " CASCADE");
        }
    }

    private static boolean isThere(PgTarget target, String object) throws IOException {
        try {
            return target.value("SELECT " + object) != null;
        } catch (PgException e) {
            // Before 16, when the schema or a type that its name has is not there.
            return false;
        }
    }

    private static String named(String catalog, String column, DumpIndex.Part part, String kind) {
        return column + " FROM pg_catalog." + catalog + " WHERE " + column + " = "
                + PgSql.text(part.name().substring(kind.length() + 1));
    }

    /** As the catalog's functions take it: types of arguments without their names. */
    private static String signature(DumpIndex.Part part) {
        String tag = part.name().substring(part.name().indexOf(' ') + 1);
        int open = tag.indexOf('(');
        return open < 0
                ? tag
                : PgSql.name(part.database(), tag.substring(0, open)) + tag.substring(open).replace("(*)", "()");
    }

    private void rows(PgTarget target, DumpIndex.Table table, Map<String, String> there) throws IOException {
        if (PgPlan.isLargeObjects(table)) {
            return;
        }
        String shown = table.database() + "." + table.name();
        if (!there.containsKey(PgPlan.key(table.database(), table.name()))) {
            throw new RestoreException("there is no table " + shown
                    + " on the target for the rows: restore the schema too, or create its extension");
        }
        String name = PgSql.name(table.database(), table.name());
        if (target.value("SELECT 1 FROM ONLY " + name + " " + table.from() + " LIMIT 1") != null) {
            present.add("rows of " + shown);
            drops.add(0, "DELETE FROM ONLY " + name + " " + table.from());
        }
    }

    private void largeObjects(PgTarget target, PgPlan plan) throws IOException {
        for (DumpIndex.Part part : plan.before()) {
            if (PgPlan.isOfLargeObjects(part)) {
                Matcher object = OBJECT.matcher(plan.text(part));
                StringBuilder numbers = new StringBuilder();
                while (object.find()) {
                    numbers.append(numbers.isEmpty() ? "" : ",").append(object.group(1));
                }
                if (!numbers.isEmpty()) {
                    for (List<String> row : target.query("SELECT oid FROM pg_catalog.pg_largeobject_metadata WHERE oid"
                            + " = ANY ('{" + numbers + "}'::oid[])")) {
                        present.add("large object " + row.get(0));
                        drops.add("SELECT pg_catalog.lo_unlink(" + row.get(0) + ")");
                    }
                }
            }
        }
    }
}
