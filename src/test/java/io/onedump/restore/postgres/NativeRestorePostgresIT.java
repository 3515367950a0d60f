package io.onedump.restore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.artifact.Threads;
import io.onedump.dump.format.ByteRanges;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.postgres.PgDumps;
import io.onedump.dump.postgres.PgExact;
import io.onedump.dump.postgres.PgMatrix;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.restore.choice.RestoreResult;
import io.onedump.servers.DatabaseSnapshot;
import io.onedump.servers.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a restore of a native dump of PostgreSQL promises. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NativeRestorePostgresIT {

    private Postgres original;
    private Postgres target;

    @TempDir
    private static Path folder;
    private Path shop;
    private Path matrix;

    @BeforeAll
    void dump() throws Exception {
        original = Postgres.start();
        target = Postgres.start();
        original.loadShop();
        original.execute("CREATE DATABASE matrix");
        original.executeIn("matrix", Stream.concat(PgMatrix.statements().stream(), more()).toArray(String[]::new));
        shop = PgDumps.dump(original, "shop", folder.resolve("shop.sql.zst"), 2);
        matrix = PgDumps.dump(original, "matrix", folder.resolve("matrix.sql.zst"), 2);
    }

    /** Tables that refer to each other, and what is of a schema of its own. */
    private static Stream<String> more() {
        return Stream.of("CREATE SCHEMA sales", "CREATE TYPE sales.state AS ENUM ('new', 'done')",
                "CREATE FUNCTION sales.next_code() RETURNS text LANGUAGE sql AS $$ SELECT 'x' || random() $$",
                "CREATE TABLE sales.customers (id int PRIMARY KEY, code text DEFAULT sales.next_code(), up int)",
                "ALTER TABLE sales.customers ADD FOREIGN KEY (up) REFERENCES sales.customers",
                "INSERT INTO sales.customers SELECT n, 'c' || n, 1 FROM generate_series(1, 1000) n",
                "CREATE TABLE sales.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer int NOT NULL"
                        + " REFERENCES sales.customers, state sales.state DEFAULT 'new', note text)",
                "INSERT INTO sales.orders (customer, note) SELECT n, repeat('x', n) FROM generate_series(1, 1000) n",
                "CREATE INDEX by_note ON sales.orders (md5(note))",
                "COMMENT ON INDEX sales.by_note IS 'an index'", "COMMENT ON COLUMN sales.orders.note IS 'a note'",
                "CREATE FUNCTION sales.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note ="
                        + " 'touched'; RETURN NEW; END $$",
                "CREATE TRIGGER touched BEFORE INSERT ON sales.orders FOR EACH ROW EXECUTE FUNCTION sales.touch()",
                "CREATE VIEW sales.open AS SELECT o.id, c.code FROM sales.orders o JOIN sales.customers c ON c.id ="
                        + " o.customer WHERE state = 'new'",
                "CREATE TABLE sales.parts (id int, day date) PARTITION BY RANGE (day)",
                "CREATE TABLE sales.parts_1 PARTITION OF sales.parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
                "CREATE TABLE sales.parts_2 PARTITION OF sales.parts DEFAULT",
                "CREATE INDEX parts_by_day ON sales.parts (day)",
                "INSERT INTO sales.parts SELECT n, '2024-06-01'::date + n FROM generate_series(1, 500) n",
                "CREATE TABLE sales.large (id int, b bytea)",
                "INSERT INTO sales.large SELECT 1, decode(repeat('00ff5c0a', 3000000), 'hex')",
                "CREATE ROLE clerk", "ALTER TABLE sales.customers OWNER TO clerk",
                "GRANT SELECT ON sales.orders TO clerk",
                "SELECT lo_from_bytea(77, decode(repeat('00ff', 500000), 'hex'))",
                "SELECT lo_from_bytea(78, '\\x01')", "ALTER LARGE OBJECT 78 OWNER TO clerk");
    }

    @AfterAll
    void stop() {
        original.close();
        target.close();
    }

    @BeforeEach
    void clear() {
        target.execute("DROP DATABASE IF EXISTS again", "CREATE DATABASE again", "DROP ROLE IF EXISTS clerk",
                "CREATE ROLE clerk");
    }

    private PostgresRestore restore(Path dump, RestoreChoice choice) throws IOException {
        return restore(dump, choice, RestoreListener.NONE);
    }

    private PostgresRestore restore(Path dump, RestoreChoice choice, RestoreListener listener) throws IOException {
        return new PostgresRestore(Threads.daemons(), DumpFile.open(ByteRanges.of(dump)), choice,
                PgDumps.settings(target, "again"), 3, listener);
    }

    private static RestoreChoice tables(String... globs) {
        return new RestoreChoice(List.of(), List.of(globs), true, true, null, null, false);
    }

    private static RestoreChoice replacing(String... globs) {
        return new RestoreChoice(List.of(), List.of(globs), true, true, null, null, true);
    }

    @Test
    void aDatabaseComesBackWithEverythingInItsSchemaAndIsEqual() throws Exception {
        RestoreResult result = restore(shop, RestoreChoice.everything()).run(true);

        assertThat(result.different()).isEmpty();
        assertThat(result.inWords()).endsWith(" rows, all equal");
        assertThat(target.snapshot("again").differencesFrom(original.snapshot("shop"))).isEmpty();
        assertSame("shop");
    }

    @Test
    void everyValueOfEveryTypeComesBackAsTheServerHasIt() throws Exception {
        RestoreResult result = restore(matrix, RestoreChoice.everything()).run(true);

        assertThat(result.different()).isEmpty();
        assertSame("matrix");
        assertThat(schema(target, "again")).isEqualTo(schema(original, "matrix"));
    }

    private void assertSame(String database) throws SQLException {
        assertThat(exact(target, "again").differencesFrom(exact(original, database))).isEmpty();
    }

    private static DatabaseSnapshot exact(Postgres server, String database) throws SQLException {
        try (Connection connection = server.connect(database)) {
            return PgExact.of(connection);
        }
    }

    /** As pg_dump says it. */
    private static String schema(Postgres server, String database) {
        return io.onedump.servers.Command.of(server.binary("pg_dump").toString(), "--schema-only", "--host="
                + server.host(), "--port=" + server.port(), "--username=" + server.user(), database).run()
                .replaceAll("(?m)^(\\\\(un)?restrict |-- Dumped |.*_onedump_restore).*$", "");
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = target.connect("again"); var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
