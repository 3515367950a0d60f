package io.onedump.app.cli;

import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;

class NativeMySqlKillsIT extends NativeMariaDbKillsIT {

    @Override
    SqlServer start() {
        return MySql.start();
    }

    @Override
    void fill(SqlServer server) {
        server.execute("CREATE DATABASE shop");
        server.executeIn("shop",
                "CREATE TABLE orders (id int PRIMARY KEY, code varchar(40), note text, KEY code (code),"
                        + " UNIQUE KEY both_ways (code, id), KEY notes (note(20)))",
                "INSERT INTO orders WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)"
                        + " SELECT /*+ SET_VAR(cte_max_recursion_depth = 60000) */"
                        + " i, MD5(i), REPEAT(MD5(-i), 12) FROM n",
                "CREATE TABLE order_lines (id int PRIMARY KEY, order_id int, KEY of_order (order_id),"
                        + " CONSTRAINT of_order FOREIGN KEY (order_id) REFERENCES orders (id))",
                "INSERT INTO order_lines SELECT id, id FROM orders WHERE id <= 30000",
                "CREATE TABLE loose (a int) ENGINE=MyISAM", "INSERT INTO loose VALUES (1), (2), (3)",
                "CREATE VIEW codes AS SELECT code FROM orders",
                "CREATE TRIGGER stamp BEFORE INSERT ON order_lines FOR EACH ROW SET"
                        + " NEW.order_id = IFNULL(NEW.order_id, 1)",
                "CREATE FUNCTION answer() RETURNS INT DETERMINISTIC RETURN 42",
                "CREATE EVENT hourly ON SCHEDULE EVERY 1 HOUR DISABLE DO DELETE FROM loose");
    }
}
