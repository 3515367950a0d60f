package io.onedump.app.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.onedump.servers.Postgres;
import io.onedump.servers.SqlServer;

class NativePostgresKillsIT extends NativeKillsContract {

    @Override
    SqlServer start() {
        return Postgres.start();
    }

    @Override
    String scheme() {
        return "postgres";
    }

    @Override
    void fill(SqlServer server) {
        server.execute("CREATE DATABASE shop");
        server.executeIn("shop", "CREATE TABLE orders (id int PRIMARY KEY, code text UNIQUE, note text)",
                "INSERT INTO orders SELECT i, md5(i::text), repeat(md5((-i)::text), 12)"
                        + " FROM generate_series(1, 60000) i",
                "CREATE INDEX ON orders (note, id)",
                "CREATE TABLE order_lines (id int GENERATED ALWAYS AS IDENTITY, order_id int REFERENCES orders)",
                "INSERT INTO order_lines (order_id) SELECT i FROM generate_series(1, 30000) i",
                "CREATE TABLE loose (a int)", "INSERT INTO loose VALUES (1), (2), (3)",
                "CREATE VIEW codes AS SELECT code FROM orders", "CREATE SEQUENCE numbers",
                "CREATE FUNCTION answer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$",
                "CREATE TRIGGER stamp BEFORE INSERT ON order_lines FOR EACH ROW EXECUTE FUNCTION answer()",
                "SELECT lo_from_bytea(4711, decode(repeat('ab', 300000), 'hex'))");
    }

    @Override
    void empty(SqlServer target) {
        target.execute("DROP DATABASE IF EXISTS shop", "CREATE DATABASE shop");
    }

    @Override
    List<String> sums(SqlServer of) throws SQLException {
        List<String> sums = new ArrayList<>();
        try (Connection connection = of.connect("shop"); var statement = connection.createStatement()) {
            for (String table : List.of("orders", "order_lines", "loose")) {
                try (var rows =
                        statement.executeQuery("SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM "
                                + table + " t")) {
                    rows.next();
                    sums.add(table + " " + rows.getString(1) + " " + rows.getString(2));
                }
            }
            try (var rows = statement.executeQuery("SELECT md5(lo_get(4711))")) {
                rows.next();
                sums.add(rows.getString(1));
            }
        }
        return sums;
    }
}
