package io.onedump.dump.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.onedump.database.postgres.PgSession;

/**
 * What refers to what, as the catalog has it. An object is its number with that of its catalog, since numbers are those
 * of a catalog only.
 */
final class Dependencies {

    static final int PG_CLASS = 1259;

    /** What initdb makes has smaller numbers. */
    private static final long FIRST_OWN = 16384;
    /** Attribute defaults, constraints, rules: what is part of a relation and may refer to more than that does. */
    private static final String PARTS = "'pg_catalog.pg_attrdef'::pg_catalog.regclass,"
            + " 'pg_catalog.pg_constraint'::pg_catalog.regclass, 'pg_catalog.pg_rewrite'::pg_catalog.regclass";

    private final Map<Long, List<Long>> references = new HashMap<>();
    private final Map<Long, List<Long>> parts = new HashMap<>();
    private final Map<Long, Long> owners = new HashMap<>();
    private final Map<String, List<Long>> attached = new HashMap<>();

    private Dependencies() {
    }

    static long key(long catalog, long oid) {
        return catalog << 32 | oid;
    }

    static Dependencies read(PgSession session) throws IOException {
        Dependencies all = new Dependencies();
        for (List<String> row : session.query("SELECT DISTINCT classid::oid, objid, refclassid::oid, refobjid,"
                + " classid IN (" + PARTS + ") AND deptype IN ('a', 'i') FROM pg_catalog.pg_depend WHERE objid >= "
                + FIRST_OWN + " AND refobjid >= " + FIRST_OWN, "listing what refers to what")) {
            long object = key(row, 0);
            long other = key(row, 2);
            all.references.computeIfAbsent(object, key -> new ArrayList<>()).add(other);
            if (row.get(4).equals("t")) {
                all.parts.computeIfAbsent(other, key -> new ArrayList<>()).add(object);
            }
        }
        for (List<String> row : session.query(OWNERS, "listing what belongs to tables")) {
            all.owners.put(key(row, 0), key(PG_CLASS, Long.parseLong(row.get(2))));
        }
        for (List<String> row : session.query("SELECT n.nspname, c.relname, i.inhrelid, i.inhparent"
                + " FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relispartition",
                "listing partitions")) {
            all.attached.put(row.get(0) + "\0" + row.get(1), List.of(key(PG_CLASS, Long.parseLong(row.get(2))),
                    key(PG_CLASS, Long.parseLong(row.get(3)))));
        }
        return all;
    }

    private static long key(List<String> row, int from) {
        return key(Long.parseLong(row.get(from)), Long.parseLong(row.get(from + 1)));
    }

    private static final String OWNERS = owners("pg_index", "pg_class", "indexrelid", "indrelid") + " UNION ALL "
            + owners("pg_constraint", "pg_constraint", "oid", "conrelid") + " UNION ALL "
            + owners("pg_trigger", "pg_trigger", "oid", "tgrelid") + " UNION ALL "
            + owners("pg_rewrite", "pg_rewrite", "oid", "ev_class") + " UNION ALL "
            + owners("pg_policy", "pg_policy", "oid", "polrelid") + " UNION ALL "
            + owners("pg_attrdef", "pg_attrdef", "oid", "adrelid") + " UNION ALL "
            + owners("pg_statistic_ext", "pg_statistic_ext", "oid", "stxrelid")
            + " UNION ALL SELECT d.classid::oid, d.objid, d.refobjid FROM pg_catalog.pg_depend d"
            + " JOIN pg_catalog.pg_class c ON c.oid = d.objid AND c.relkind = 'S'"
            + " WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass"
            + " AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.deptype IN ('a', 'i')";

    private static String owners(String table, String catalog, String object, String relation) {
        return "SELECT 'pg_catalog." + catalog + "'::pg_catalog.regclass::oid, " + object + ", " + relation
                + " FROM pg_catalog." + table + " WHERE " + relation + " >= " + FIRST_OWN;
    }

    /** The relation to which an index, constraint, trigger, rule, default or owned sequence belongs, or null. */
    Long owner(long object) {
        return owners.get(object);
    }

    /** A partition and what it is one of, of tables and of indexes; empty for what is none. */
    List<Long> attached(String schema, String name) {
        return attached.getOrDefault(schema + "\0" + name, List.of());
    }

    /** The nearest objects of those that are {@code known} that it refers to, by itself or by its parts. */
    Set<Long> needs(long object, Predicate<Long> known) {
        Set<Long> needs = new LinkedHashSet<>();
        Set<Long> seen = new HashSet<>(Set.of(object));
        List<Long> from = new ArrayList<>(List.of(object));
        from.addAll(parts.getOrDefault(object, List.of()));
        seen.addAll(from);
        while (!from.isEmpty()) {
            for (long other : references.getOrDefault(from.remove(from.size() - 1), List.of())) {
                if (seen.add(other)) {
                    if (known.test(other)) {
                        needs.add(other);
                    } else {
                        from.add(other);
                    }
                }
            }
        }
        return needs;
    }
}
