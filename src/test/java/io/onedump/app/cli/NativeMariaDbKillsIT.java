package io.onedump.app.cli;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;

class NativeMariaDbKillsIT extends NativeKillsContract {

    @Override
    SqlServer start() {
        return MariaDb.start();
    }

    @Override
    String scheme() {
        return "mysql";
    }

    @Override
    void fill(SqlServer server) {
        server.execute("CREATE DATABASE shop");
        server.executeIn("shop",
                "CREATE TABLE orders (id int PRIMARY KEY, code varchar(40), note text, KEY code (code),"
                        + " UNIQUE KEY both_ways (code, id), KEY notes (note(20)))",
                "INSERT INTO orders SELECT seq, MD5(seq), REPEAT(MD5(-seq), 12) FROM seq_1_to_60000",
                "CREATE TABLE order_lines (id int PRIMARY KEY, order_id int, KEY of_order (order_id),"
                        + " CONSTRAINT of_order FOREIGN KEY (order_id) REFERENCES orders (id))",
                "INSERT INTO order_lines SELECT seq, seq FROM seq_1_to_30000",
                "CREATE TABLE loose (a int) ENGINE=MyISAM", "INSERT INTO loose VALUES (1), (2), (3)",
                "CREATE VIEW codes AS SELECT code FROM orders",
                "CREATE TRIGGER stamp BEFORE INSERT ON order_lines FOR EACH ROW SET"
                        + " NEW.order_id = IFNULL(NEW.order_id, 1)",
                "CREATE FUNCTION answer() RETURNS INT DETERMINISTIC RETURN 42",
                "CREATE EVENT hourly ON SCHEDULE EVERY 1 HOUR DISABLE DO DELETE FROM loose",
                "CREATE SEQUENCE numbers");
    }

    @Override
    void empty(SqlServer target) {
        target.execute("DROP DATABASE IF EXISTS shop");
    }

    @Override
    List<String> sums(SqlServer of) throws SQLException {
        List<String> sums = new ArrayList<>();
        try (Connection connection = of.connect("shop"); var statement = connection.createStatement();
                var rows = statement.executeQuery("CHECKSUM TABLE orders, order_lines, loose")) {
            while (rows.next()) {
                sums.add(rows.getString(1) + " " + rows.getString(2));
            }
        }
        return sums;
    }
}
