package io.onedump.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.onedump.binlog.BinlogEndpoint;
import io.onedump.binlog.BinlogSync;
import io.onedump.binlog.LoggedDump;
import io.onedump.binlog.StorageArchiveStore;
import io.onedump.binlog.archive.Archive;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;

/** The same of MySQL and MariaDB: rows, tables, routines, triggers, events; and the archive behind the dump. */
abstract class MySqlInjectedChangesContract extends InjectedChangesContract {

    private static final int ROWS = 500;
    private static final String EVENT = "CREATE EVENT sweep ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00'"
            + " DISABLE DO DELETE FROM child WHERE id < 0";

    @Override
    String dsn(SqlServer of) {
        return "mysql://root@" + of.host() + ":" + of.port();
    }

    @Override
    String dumpUri() {
        return "dump:mysql-native?dsn=" + dsn(original);
    }

    @Override
    void fill(SqlServer server) {
        server.execute("CREATE DATABASE shop", "CREATE DATABASE other");
        server.executeIn("shop",
                "CREATE TABLE item (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(40), price FLOAT, weight DOUBLE,"
                        + " stock DECIMAL(20,6), made DATETIME(6), raw VARBINARY(40), KEY by_name (name))",
                "CREATE TABLE parent (id INT PRIMARY KEY)",
                "CREATE TABLE child (id INT PRIMARY KEY, parent INT, CONSTRAINT of_parent FOREIGN KEY (parent)"
                        + " REFERENCES parent (id))",
                "INSERT INTO item (name, price, weight, stock, made, raw) WITH RECURSIVE n AS (SELECT 1 i UNION ALL"
                        + " SELECT i + 1 FROM n WHERE i < " + ROWS
                        + ") SELECT CONCAT('name ', i), i / 7, i / 3, i / 11,"
                        + " '2024-01-01 00:00:00.123456' + INTERVAL i SECOND, UNHEX(MD5(i)) FROM n",
                "INSERT INTO parent VALUES (1), (2)", "INSERT INTO child VALUES (1, 1), (2, 2)",
                "CREATE VIEW cheap AS SELECT id FROM item WHERE price < 10",
                "CREATE TRIGGER stamp BEFORE INSERT ON child FOR EACH ROW SET NEW.id = NEW.id + 0",
                "CREATE FUNCTION answer() RETURNS INT DETERMINISTIC RETURN 42",
                "CREATE PROCEDURE work() SELECT 1",
                EVENT);
        server.executeIn("other", "CREATE TABLE note (id INT PRIMARY KEY, words TEXT)",
                "INSERT INTO note VALUES (1, 'one'), (2, NULL)");
    }

    @Override
    List<Change> changes(Random random, int number) {
        int id = 1 + random.nextInt(ROWS);
        String of = " WHERE id = " + id;
        List<Change> all = new ArrayList<>();
        for (String set : List.of("name = CONCAT(name, ' ')", "price = price * 1.0000002 + 1e-7",
                "weight = weight * 1.0000000000000005",
                "stock = stock + 0.000001", "made = made + INTERVAL 1 MICROSECOND", "raw = CONCAT(raw, x'00')",
                "name = NULL", "name = UPPER(name)")) {
            all.add(new Change("value", "shop",
                    List.of("CREATE TABLE onedump_scratch.kept_row SELECT * FROM item" + of,
                            "UPDATE item SET " + set + of),
                    List.of("REPLACE INTO item SELECT * FROM onedump_scratch.kept_row",
                            "DROP TABLE onedump_scratch.kept_row", "ALTER TABLE item AUTO_INCREMENT = 512")));
        }
        all.add(new Change("row", "shop", List.of("CREATE TABLE onedump_scratch.kept_row SELECT * FROM item" + of,
                "DELETE FROM item" + of),
                List.of("INSERT INTO item SELECT * FROM onedump_scratch.kept_row",
                        "DROP TABLE onedump_scratch.kept_row")));
        all.add(Change.of("row", "other", "INSERT INTO note VALUES (" + (100 + number) + ", NULL)",
                "DELETE FROM note WHERE id >= 100"));
        all.add(Change.of("table", "shop", "CREATE TABLE more" + number + " (id INT)", "DROP TABLE more" + number));
        all.add(Change.of("table", "shop", "ALTER TABLE item ADD KEY more" + number + " (made)",
                "ALTER TABLE item DROP KEY more" + number));
        all.add(Change.of("table", "shop", "ALTER TABLE item COMMENT = 'changed " + number + "'",
                "ALTER TABLE item COMMENT = ''"));
        all.add(Change.of("table", "shop", "ALTER TABLE child DROP FOREIGN KEY of_parent",
                "ALTER TABLE child ADD CONSTRAINT of_parent FOREIGN KEY (parent) REFERENCES parent (id)"));
        all.add(Change.of("table", "other", "ALTER TABLE note MODIFY words LONGTEXT",
                "ALTER TABLE note MODIFY words TEXT"));
        all.add(Change.of("view", "shop", "CREATE OR REPLACE VIEW cheap AS SELECT id FROM item WHERE price < "
                + (11 + number),
                "CREATE OR REPLACE VIEW cheap AS SELECT id FROM item WHERE price < 10"));
        all.add(new Change("routine", "shop", List.of("DROP FUNCTION answer",
                "CREATE FUNCTION answer() RETURNS INT DETERMINISTIC RETURN " + (43 + number)),
                List.of("DROP FUNCTION answer", "CREATE FUNCTION answer() RETURNS INT DETERMINISTIC RETURN 42")));
        all.add(Change.of("routine", "shop", "ALTER PROCEDURE work COMMENT 'c" + number + "'",
                "DROP PROCEDURE work", "CREATE PROCEDURE work() SELECT 1"));
        all.add(new Change("trigger", "shop", List.of("DROP TRIGGER stamp"), List.of(
                "CREATE TRIGGER stamp BEFORE INSERT ON child FOR EACH ROW SET NEW.id = NEW.id + 0")));
        all.add(Change.of("trigger", "shop",
                "CREATE TRIGGER more AFTER DELETE ON child FOR EACH ROW SET @a = " + number,
                "DROP TRIGGER more"));
        all.add(Change.of("event", "shop",
                "ALTER EVENT sweep ON SCHEDULE EVERY " + (2 + number) + " DAY STARTS '2030-01-01 00:00:00'",
                "DROP EVENT sweep",
                EVENT));
        all.add(Change.of("event", "shop", "ALTER EVENT sweep ENABLE", "ALTER EVENT sweep DISABLE"));
        return all;
    }

    /** A file of an archive that nobody reads on the way to the end may be changed: it is not what was proved. */
    @Test
    void findsEachChangeOfTheArchive() throws Exception {
        Path archived = folder.resolve("archive");
        BinlogEndpoint binlog = context.getEndpoint("binlog:archive?dsn=" + dsn(original)
                + "&tlsMode=DISABLED&spoolDirectory=" + folder.resolve("spool") + "&storage=storage:file:" + archived,
                BinlogEndpoint.class);
        for (int i = 0; i < 20; i++) {
            original.execute("INSERT INTO shop.item (name) VALUES ('behind " + i + "')");
        }
        try (StorageArchiveStore store = binlog.openStore()) {
            assertThat(BinlogSync.run(binlog, null, null, store).ok()).isTrue();
            List<LoggedDump> dumps = LoggedDump.newestFirst(places, problem -> {
            });
            assertThat(drill(DrillTarget.END, new Archive(store)).run(dumps, List.of()).findings()).isEmpty();
            List<Path> files;
            try (Stream<Path> all = Files.walk(archived.resolve("timeline-0001"))) {
                files = all.filter(Files::isRegularFile).filter(file -> !file.endsWith("complete")).sorted().toList();
            }
            assertThat(changeBytes(files, new Random(SEED), CHANGES * 4,
                    () -> drill(DrillTarget.END, new Archive(store)).run(LoggedDump.newestFirst(places, problem -> {
                    }), List.of()))).isEmpty();
            System.out.println("drill: " + CHANGES * 4 + " changes of the archive, all found");
        } finally {
            original.execute("DELETE FROM shop.item WHERE name LIKE 'behind %'");
        }
    }
}
