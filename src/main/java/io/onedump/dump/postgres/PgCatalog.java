package io.onedump.dump.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.onedump.database.postgres.PgSession;

/** What the catalog says of relations, and of what belongs to them. */
final class PgCatalog {

    /** What initdb makes has smaller numbers. */
    private static final long FIRST_OWN = 16384;
    private static final int GENERATED = 12;

    private final PgSession session;
    private final PgServer server;

    PgCatalog(PgSession session, PgServer server) {
        this.session = session;
        this.server = server;
    }

    /**
     * A table, view, sequence or the like that is nobody's extension's.
     *
     * @param kind   of pg_class
     * @param logged false for a table of which a standby has no rows
     * @param heap   whether its rows are in pages that can be read by range
     * @param bytes  of its rows, with what is stored apart
     * @param pages  of its rows
     */
    record Relation(long oid, String schema, String name, char kind, boolean logged, boolean heap, long bytes,
            long pages) {

        @Override
        public String toString() {
            return schema + "." + name;
        }

        boolean hasRows() {
            return kind == 'r';
        }

        long key() {
            return Dependencies.key(Dependencies.PG_CLASS, oid);
        }

        boolean isLockable() {
            return kind == 'r' || kind == 'p';
        }
    }

    /** In the order of their names. */
    List<Relation> relations() throws IOException {
        List<Relation> relations = new ArrayList<>();
        for (List<String> row : session.query("SELECT c.oid, n.nspname, c.relname, c.relkind,"
                + " c.relpersistence <> 'u', coalesce(a.amname, 'heap') = 'heap',"
                + " CASE WHEN c.relkind = 'r' THEN pg_catalog.pg_table_size(c.oid) ELSE 0 END,"
                + " CASE WHEN c.relkind = 'r' THEN pg_catalog.pg_relation_size(c.oid)"
                + " / pg_catalog.current_setting('block_size')::int ELSE 0 END"
                + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam"
                + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND c.relpersistence <> 't'"
                + " AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'"
                + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid ="
                + " 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')"
                + " ORDER BY n.nspname, c.relname", "listing tables")) {
            relations.add(new Relation(Long.parseLong(row.get(0)), row.get(1), row.get(2), row.get(3).charAt(0),
                    row.get(4).equals("t"), row.get(5).equals("t"), number(row.get(6)), number(row.get(7))));
        }
        return relations;
    }

    /** Null for a table that is gone meanwhile. */
    private static long number(String text) {
        return text == null ? 0 : Long.parseLong(text);
    }

    /** Views, of any kind, that read one of those relations, directly or by others. */
    List<Long> readers(List<Relation> of) throws IOException {
        if (of.isEmpty()) {
            return List.of();
        }
        return session.query("WITH RECURSIVE d(oid) AS (SELECT pg_catalog.unnest('{" + oids(of)
                + "}'::oid[]) UNION SELECT r.ev_class FROM d JOIN pg_catalog.pg_depend p ON p.refclassid ="
                + " 'pg_catalog.pg_class'::pg_catalog.regclass AND p.refobjid = d.oid AND p.classid ="
                + " 'pg_catalog.pg_rewrite'::pg_catalog.regclass JOIN pg_catalog.pg_rewrite r ON r.oid = p.objid"
                + " WHERE r.rulename = '_RETURN') SELECT oid FROM d", "looking for views").stream()
                .map(row -> Long.parseLong(row.get(0))).toList();
    }

    /** Those tables, and all of their partitions. */
    Set<Long> withPartitions(Set<Long> tables) throws IOException {
        if (tables.isEmpty()) {
            return tables;
        }
        return session.query("WITH RECURSIVE t(oid) AS (SELECT pg_catalog.unnest('{" + tables.stream()
                .map(String::valueOf).collect(Collectors.joining(",")) + "}'::oid[]) UNION SELECT i.inhrelid FROM t"
                + " JOIN pg_catalog.pg_inherits i ON i.inhparent = t.oid JOIN pg_catalog.pg_class c ON c.oid ="
                + " i.inhrelid WHERE c.relispartition) SELECT oid FROM t", "looking for partitions").stream()
                .map(row -> Long.parseLong(row.get(0))).collect(Collectors.toSet());
    }

    private static String oids(List<Relation> relations) {
        return relations.stream().map(relation -> String.valueOf(relation.oid())).collect(Collectors.joining(","));
    }

    /** The columns that a COPY into a table names, by the table. */
    Map<Long, List<String>> columns() throws IOException {
        Map<Long, List<String>> columns = new HashMap<>();
        for (List<String> row : session.query("SELECT attrelid, attname FROM pg_catalog.pg_attribute"
                + " WHERE attnum > 0 AND NOT attisdropped AND attrelid >= " + FIRST_OWN
                + (server.version() >= GENERATED ? " AND attgenerated = ''" : "") + " ORDER BY attrelid, attnum",
                "listing columns")) {
            columns.computeIfAbsent(Long.parseLong(row.get(0)), table -> new ArrayList<>()).add(row.get(1));
        }
        return columns;
    }

    /**
     * Tables of extensions whose rows are a user's own, with the condition that tells which. In the order in which they
     * were made, since one may refer to those before it.
     */
    Map<Relation, String> configurations() throws IOException {
        Map<Relation, String> configurations = new LinkedHashMap<>();
        for (List<String> row : session.query("SELECT c.oid, n.nspname, c.relname, c.relkind, x.condition FROM"
                + " (SELECT pg_catalog.unnest(extconfig) AS oid, pg_catalog.unnest(extcondition) AS condition FROM"
                + " pg_catalog.pg_extension) x JOIN pg_catalog.pg_class c ON c.oid = x.oid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'S')"
                + " ORDER BY c.oid", "listing tables of extensions")) {
            configurations.put(new Relation(Long.parseLong(row.get(0)), row.get(1), row.get(2), row.get(3).charAt(0),
                    true, false, 0, 0), row.get(4) == null ? "" : row.get(4));
        }
        return configurations;
    }
}
