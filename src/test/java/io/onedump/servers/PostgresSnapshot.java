package io.onedump.servers;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Reads a {@link DatabaseSnapshot} from PostgreSQL: all schemas but the system's. */
final class PostgresSnapshot {

    private static final String OURS = " n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ";

    private final SnapshotQueries queries;

    private PostgresSnapshot(Connection connection) {
        this.queries = new SnapshotQueries(connection);
    }

    static DatabaseSnapshot take(Connection connection) throws SQLException {
        PostgresSnapshot snapshot = new PostgresSnapshot(connection);
        snapshot.read();
        return snapshot.queries.snapshot();
    }

    private void read() throws SQLException {
        // With an empty path every definition names its schema.
        queries.execute("SET search_path = ''");
        queries.execute("SET TimeZone = 'UTC'");
        queries.describe("schema", "SELECT nspname, pg_catalog.obj_description(oid) AS comment"
                + " FROM pg_catalog.pg_namespace n WHERE" + OURS);
        queries.describe("relation", "SELECT n.nspname, c.relname, c.relkind, c.relispartition,"
                + " pg_catalog.pg_get_expr(c.relpartbound, c.oid) AS bounds,"
                + " pg_catalog.obj_description(c.oid, 'pg_class') AS comment" + from("pg_class c", "relnamespace"));
        queries.describe("column", "SELECT n.nspname, c.relname, a.attnum, a.attname,"
                + " pg_catalog.format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull, a.attidentity,"
                + " a.attgenerated, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS initial"
                + " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                + " LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
                + " WHERE a.attnum > 0 AND NOT a.attisdropped AND" + OURS);
        queries.describe("constraint", "SELECT n.nspname, c.conname, c.conrelid::regclass AS relation,"
                + " pg_catalog.pg_get_constraintdef(c.oid) AS definition" + from("pg_constraint c", "connamespace"));
        queries.describe("index", "SELECT pg_catalog.pg_get_indexdef(c.oid) AS definition"
                + from("pg_class c", "relnamespace") + "AND c.relkind IN ('i', 'I')");
        queries.describe("view", "SELECT n.nspname, c.relname, pg_catalog.pg_get_viewdef(c.oid) AS definition"
                + from("pg_class c", "relnamespace") + "AND c.relkind IN ('v', 'm')");
        queries.describe("routine", "SELECT pg_catalog.pg_get_functiondef(c.oid) AS definition"
                + from("pg_proc c", "pronamespace"));
        queries.describe("trigger", "SELECT pg_catalog.pg_get_triggerdef(t.oid) AS definition, t.tgenabled"
                + " FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid"
                + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND" + OURS);
        queries.describe("type", "SELECT n.nspname, c.typname, c.typtype,"
                + " pg_catalog.format_type(c.typbasetype, c.typtypmod) AS base,"
                + " (SELECT pg_catalog.array_agg(e.enumlabel ORDER BY e.enumsortorder)"
                + " FROM pg_catalog.pg_enum e WHERE e.enumtypid = c.oid) AS labels"
                + from("pg_type c", "typnamespace") + "AND c.typtype IN ('d', 'e')");
        queries.describe("sequence", "SELECT * FROM pg_catalog.pg_sequences");
        for (String table : tables()) {
            queries.describe("row of " + table, "SELECT t::text AS values FROM ONLY " + table + " t");
        }
        queries.describe("large object", "SELECT oid, pg_catalog.lo_get(oid)::text AS content"
                + " FROM pg_catalog.pg_largeobject_metadata");
    }

    private static String from(String catalog, String schemaColumn) {
        return " FROM pg_catalog." + catalog + " JOIN pg_catalog.pg_namespace n ON n.oid = c." + schemaColumn
                + " WHERE" + OURS;
    }

    private List<String> tables() throws SQLException {
        return queries.names("SELECT c.oid::regclass::text" + from("pg_class c", "relnamespace")
                + "AND c.relkind IN ('r', 'm')");
    }
}
