package io.onedump.restore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.onedump.database.postgres.PgException;
import io.onedump.database.postgres.PgSession;
import io.onedump.database.postgres.PgSql;
import io.onedump.dump.format.DumpIndex;

/** Changes one value of a row as little as its type allows, looks whether that is seen, and takes it back. */
final class PgMutations {

    private static final int COUNT = 1000;

    private final PgSession session;
    private final List<DumpIndex.Table> tables;
    private final Random random = new Random(20261130);

    interface Difference {
        String of(DumpIndex.Table table) throws IOException;
    }

    PgMutations(PgSession session, List<DumpIndex.Table> tables) {
        this.session = session;
        this.tables = tables.stream().filter(table -> table.rows() > 0 && table.engine().equals("table")
                && !table.columns().isEmpty() && !table.name().equals("large")).toList();
    }

    void thousand(Difference difference) throws IOException {
        int done = 0;
        List<String> missed = new ArrayList<>();
        for (int tries = 0; done < COUNT; tries++) {
            assertThat(tries).as("changes that the server takes").isLessThan(20 * COUNT);
            DumpIndex.Table table = tables.get(random.nextInt(tables.size()));
            String change = change(table);
            if (change == null) {
                continue;
            }
            session.query("BEGIN");
            try {
                // Not every change of a statement is one of the value: rounding, a limit of the type.
                if (!session.query(change).isEmpty()) {
                    done++;
                    if (difference.of(table) == null) {
                        missed.add(change);
                    }
                }
            } catch (PgException e) {
                // It does not fit the column; another one will.
            }
            session.query("ROLLBACK");
        }
        assertThat(missed).isEmpty();
    }

    private String change(DumpIndex.Table table) throws IOException {
        String column = table.columns().get(random.nextInt(table.columns().size()));
        String name = PgSql.name(column);
        String relation = PgSql.name(table.database(), table.name());
        List<String> type = session.query(
                "SELECT t.typname, pg_catalog.format_type(t.oid, atttypmod) FROM pg_catalog.pg_attribute a"
                        + " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid WHERE attrelid = " + PgSql.text(relation)
                        + "::pg_catalog.regclass AND attname = "
                        + PgSql.text(column))
                .get(0);
        String now = changed(name, type.get(0));
        if (now == null) {
            return null;
        }
        now = "(" + now + ")::" + type.get(1);
        String row = "(SELECT ctid FROM ONLY " + relation + " OFFSET " + random.nextInt((int) table.rows())
                + " LIMIT 1)";
        return "UPDATE ONLY " + relation + " SET " + name + " = " + now + " WHERE ctid = " + row + " AND " + now
                + " IS NOT NULL AND (" + now + ")::text IS DISTINCT FROM " + name + "::text RETURNING 1";
    }

    private String changed(String name, String type) {
        return switch (type) {
            case "int2", "int4", "int8", "numeric" -> name + (random.nextBoolean() ? " + 1" : " - 1");
            case "float4" -> "(" + name + "::float8 * 1.0000001)::float4";
            case "float8" -> name + " * 1.0000000000000002";
            case "bool" -> "NOT " + name;
            case "text", "varchar", "citext" -> random.nextBoolean()
                    ? name + "::text || 'x'"
                    : "pg_catalog.overlay(" + name + "::text placing 'q' from 1 for 1)";
            case "bytea" -> "CASE WHEN pg_catalog.length(" + name + ") > 0 THEN pg_catalog.set_byte(" + name
                    + ", 0, pg_catalog.get_byte(" + name + ", 0) # 1) END";
            case "date", "timestamp", "timestamptz" -> name + " + '1 day'::interval";
            case "time", "timetz" -> name + " + '00:00:00.000001'::interval";
            case "interval" -> name + " + '00:00:00.000001'::interval";
            case "uuid" -> "pg_catalog.gen_random_uuid()";
            case "inet" -> name + " + 1";
            case "jsonb" -> "pg_catalog.jsonb_build_array(" + name + ")";
            case "json" -> "pg_catalog.json_build_array(" + name + ")";
            case "money" -> name + " + '0.01'::money";
            case "varbit" -> name + " || B'1'";
            case "point" -> name + " + '(1,0)'::point";
            default -> null;
        };
    }
}
