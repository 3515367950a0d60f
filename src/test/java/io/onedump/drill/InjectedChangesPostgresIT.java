package io.onedump.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.onedump.servers.Postgres;
import io.onedump.servers.SqlServer;

class InjectedChangesPostgresIT extends InjectedChangesContract {

    private static final int ROWS = 500;
    private static final String RESTORED = "onedump_drill";

    @Override
    SqlServer start() {
        return Postgres.start();
    }

    @Override
    String dsn(SqlServer of) {
        return "postgres://postgres@" + of.host() + ":" + of.port();
    }

    @Override
    String dumpUri() {
        return "dump:postgres-native?dsn=" + dsn(original) + "/shop";
    }

    @Override
    void fill(SqlServer server) {
        server.execute("CREATE DATABASE shop", "CREATE ROLE clerk");
        server.executeIn("shop",
                "CREATE TABLE item (id serial PRIMARY KEY, name text, price real, weight double precision, stock"
                        + " numeric(20,6), made timestamptz, raw bytea)",
                "CREATE INDEX by_name ON item (name)",
                "INSERT INTO item (name, price, weight, stock, made, raw) SELECT 'name ' || i, i / 7.0, i / 3.0,"
                        + " i / 11.0, '2024-01-01 00:00:00.123456+00'::timestamptz + i * interval '1 s',"
                        + " decode(md5(i::text), 'hex') FROM generate_series(1, " + ROWS + ") i",
                "CREATE TABLE parent (id int PRIMARY KEY)",
                "CREATE TABLE child (id int PRIMARY KEY, parent int CONSTRAINT of_parent REFERENCES parent)",
                "INSERT INTO parent VALUES (1), (2)", "INSERT INTO child VALUES (1, 1), (2, 2)",
                "CREATE VIEW cheap AS SELECT id FROM item WHERE price < 10",
                "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER stamp BEFORE INSERT ON child FOR EACH ROW EXECUTE FUNCTION stamp()",
                "CREATE FUNCTION answer() RETURNS int LANGUAGE sql AS 'SELECT 42'",
                "GRANT SELECT ON item TO clerk");
    }

    @Override
    List<Change> changes(Random random, int number) {
        String of = " WHERE id = " + (1 + random.nextInt(ROWS));
        List<Change> all = new ArrayList<>();
        for (String set : List.of("name = name || ' '", "price = price * 1.0000002 + 1e-7",
                "weight = weight * 1.0000000000000005",
                "stock = stock + 0.000001", "made = made + interval '1 microsecond'", "raw = raw || '\\x00'",
                "name = NULL", "name = upper(name)")) {
            all.add(new Change("value", RESTORED,
                    List.of("CREATE SCHEMA kept", "CREATE TABLE kept.row AS SELECT * FROM item" + of,
                            "UPDATE item SET " + set + of),
                    List.of("DELETE FROM item" + of, "INSERT INTO item SELECT * FROM kept.row",
                            "DROP SCHEMA kept CASCADE")));
        }
        all.add(Change.of("row", RESTORED, "INSERT INTO parent VALUES (" + (100 + number) + ")",
                "DELETE FROM parent WHERE id >= 100"));
        all.add(Change.of("table", RESTORED, "CREATE TABLE more (id int)", "DROP TABLE more"));
        all.add(Change.of("table", RESTORED, "CREATE INDEX more ON item (made)", "DROP INDEX more"));
        all.add(Change.of("table", RESTORED, "COMMENT ON TABLE item IS 'c " + number + "'",
                "COMMENT ON TABLE item IS NULL"));
        all.add(Change.of("table", RESTORED, "ALTER TABLE child DROP CONSTRAINT of_parent",
                "ALTER TABLE child ADD CONSTRAINT of_parent FOREIGN KEY (parent) REFERENCES parent"));
        all.add(Change.of("sequence", RESTORED, "SELECT setval('item_id_seq', " + (ROWS + 7 + number) + ")",
                "SELECT setval('item_id_seq', " + ROWS + ")"));
        all.add(Change.of("view", RESTORED,
                "CREATE OR REPLACE VIEW cheap AS SELECT id FROM item WHERE price < " + (11 + number),
                "CREATE OR REPLACE VIEW cheap AS SELECT id FROM item WHERE price < 10"));
        all.add(Change.of("routine", RESTORED,
                "CREATE OR REPLACE FUNCTION answer() RETURNS int LANGUAGE sql AS 'SELECT " + (43 + number) + "'",
                "CREATE OR REPLACE FUNCTION answer() RETURNS int LANGUAGE sql AS 'SELECT 42'"));
        all.add(Change.of("trigger", RESTORED, "ALTER TABLE child DISABLE TRIGGER stamp",
                "ALTER TABLE child ENABLE TRIGGER stamp"));
        all.add(Change.of("user", RESTORED, "REVOKE SELECT ON item FROM clerk", "GRANT SELECT ON item TO clerk"));
        all.add(Change.of("user", RESTORED, "ALTER TABLE parent OWNER TO clerk",
                "ALTER TABLE parent OWNER TO postgres"));
        return all;
    }
}
