package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.onedump.servers.MariaDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What mariadb-dump by itself writes in a way that does not come back. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MariaDbHazardsIT {

    private MariaDb original;
    private MariaDb restored;

    @TempDir
    private Path folder;

    private DumpRoute route;

    @BeforeAll
    void start() {
        original = MariaDb.start();
        restored = MariaDb.start();
    }

    @AfterAll
    void stop() {
        original.close();
        restored.close();
    }

    @BeforeEach
    void clear() throws IOException {
        original.execute("DROP DATABASE IF EXISTS shop", "CREATE DATABASE shop");
        restored.execute("DROP DATABASE IF EXISTS shop", "CREATE DATABASE shop");
        route = new DumpRoute(Files.createDirectories(folder.resolve("work")));
    }

    @AfterEach
    void leavesNothingInTheWorkFolder() throws IOException {
        assertThat(route.leftovers()).isEmpty();
        route.close();
    }

    @Test
    void tellsOnceWhichTablesLoseDigits() throws Exception {
        original.executeIn("shop", "CREATE TABLE prices (a FLOAT, b FLOAT)",
                "CREATE TABLE exact (a FLOAT(7,3), b DOUBLE)",
                "CREATE VIEW seen AS SELECT * FROM prices");

        route.run(dump("shop"), toFolder());

        assertThat(route.warnings()).singleElement().asString().contains("FLOAT columns lose digits")
                .contains("shop.prices;");
    }

    @Test
    void tellsNothingOfTablesThatAreLeftOut() throws Exception {
        original.executeIn("shop", "CREATE TABLE prices (a FLOAT)");

        route.run(dump("shop") + "&options=--ignore-table=shop.prices", toFolder());

        assertThat(route.warnings()).isEmpty();
    }

    @Test
    void bringsBackDefaultsThatComeFromASequence() throws Exception {
        original.executeIn("shop", "CREATE SEQUENCE zz START WITH 100",
                "CREATE TABLE orders (id BIGINT DEFAULT NEXTVAL(zz) PRIMARY KEY, v INT)",
                "INSERT INTO orders (v) VALUES (1), (2)");

        dumpAndRestore();
        restored.executeIn("shop", "INSERT INTO orders (v) VALUES (3)");

        assertThat(rows(restored, "SELECT v FROM shop.orders ORDER BY id")).containsExactly("1", "2", "3");
        assertThat(route.warnings()).singleElement().asString().contains("shop.orders")
                .contains("a database of the same name");
    }

    /** The tool writes databases by their names, and a default is looked at when its table is made. */
    @Test
    void refusesADefaultFromASequenceThatComesLater() throws Exception {
        original.execute("DROP DATABASE IF EXISTS `x``numbers`", "CREATE DATABASE `x``numbers`");
        original.executeIn("x`numbers", "CREATE SEQUENCE s START WITH 100");
        original.executeIn("shop", "CREATE TABLE orders (id BIGINT DEFAULT NEXTVAL(`x``numbers`.s) PRIMARY KEY, v INT)",
                "CREATE TABLE said (v VARCHAR(90) DEFAULT 'nextval(`zz`.`t`)')", "INSERT INTO orders (v) VALUES (7)");
        try (MariaDb fresh = MariaDb.start()) {
            assertThatThrownBy(() -> route.run(dump(""), toFolder())).isInstanceOf(DumpException.class)
                    .hasMessageContaining("error 1146").hasMessageContaining(": shop.orders;")
                    .hasMessageContaining("(x`numbers)").hasMessageContaining("--databases");
            assertThatThrownBy(() -> route.run(dump("") + "&options=--databases shop x`numbers", toFolder()))
                    .isInstanceOf(DumpException.class).hasMessageContaining("error 1146");

            route.run(dump("") + "&fileName=shop.sql&options=--databases x`numbers shop", toFolder());
            fresh.restore(DumpRoute.decompressed(stored()), "");
            fresh.executeIn("shop", "INSERT INTO orders (v) VALUES (8)");

            assertThat(rows(fresh, "SELECT CONCAT(id, '=', v) FROM shop.orders ORDER BY id")).first()
                    .isEqualTo("100=7");
            assertThat(rows(fresh, "SELECT v FROM shop.orders ORDER BY id")).containsExactly("7", "8");
            assertThat(route.warnings()).isEmpty();
        } finally {
            original.execute("DROP DATABASE shop", "DROP DATABASE `x``numbers`");
        }
    }

    @Test
    void loadsADefaultFromASequenceThatComesBefore() throws Exception {
        original.execute("DROP DATABASE IF EXISTS numbers", "CREATE DATABASE numbers");
        original.executeIn("numbers", "CREATE SEQUENCE s START WITH 100");
        original.executeIn("shop", "CREATE TABLE orders (id BIGINT DEFAULT NEXTVAL(numbers.s) PRIMARY KEY, v INT)",
                "INSERT INTO orders (v) VALUES (7)");
        try (MariaDb fresh = MariaDb.start()) {
            route.run(dump("") + "&fileName=shop.sql", toFolder());
            fresh.restore(DumpRoute.decompressed(stored()), "");

            assertThat(rows(fresh, "SELECT id FROM shop.orders")).containsExactly("100");
            assertThat(route.warnings()).isEmpty();
        } finally {
            original.execute("DROP DATABASE shop", "DROP DATABASE numbers");
        }
    }

    @Test
    void tellsThatASequenceIsNotInTheDump() throws Exception {
        original.execute("DROP DATABASE IF EXISTS numbers", "CREATE DATABASE numbers");
        original.executeIn("numbers", "CREATE SEQUENCE s START WITH 100");
        original.executeIn("shop", "CREATE TABLE orders (id BIGINT DEFAULT NEXTVAL(numbers.s) PRIMARY KEY, v INT)");

        route.run(dump("shop"), toFolder());

        assertThat(route.warnings()).singleElement().asString().contains("shop.orders; restore numbers before it");
        original.execute("DROP DATABASE shop", "DROP DATABASE numbers");
    }

    @Test
    void bringsBackTheHistoryOfSystemVersionedTables() throws Exception {
        original.executeIn("shop", "CREATE TABLE prices (id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING",
                "INSERT INTO prices VALUES (1, 1)", "UPDATE prices SET v = 2", "UPDATE prices SET v = 3");

        dumpAndRestore();

        String history = "SELECT CONCAT_WS(' ', v, row_start, row_end) FROM shop.prices FOR SYSTEM_TIME ALL ORDER BY v";
        assertThat(rows(restored, history)).hasSize(3).isEqualTo(rows(original, history));
        assertThat(route.warnings()).isEmpty();
    }

    @Test
    void tellsThatAHistoryByTransactionsIsLeftBehind() throws Exception {
        original.executeIn("shop", "CREATE TABLE prices (id INT, a BIGINT UNSIGNED GENERATED ALWAYS AS ROW START,"
                + " b BIGINT UNSIGNED GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (a, b))"
                + " WITH SYSTEM VERSIONING", "INSERT INTO prices (id) VALUES (1)");

        dumpAndRestore();

        assertThat(rows(restored, "SELECT id FROM shop.prices")).containsExactly("1");
        assertThat(route.warnings()).singleElement().asString().contains("not their history: shop.prices");
    }

    @Test
    void letsTheAccountsOfAWholeServerLogInAtOnce() throws Exception {
        original.createUser("clerk", "pw", "SELECT ON *.*");
        try (MariaDb fresh = MariaDb.start()) {
            route.run(dump("") + "&fileName=shop.sql", toFolder());
            fresh.restore(DumpRoute.decompressed(stored()), "");

            try (Connection connection = fresh.connect("shop", "clerk", "pw")) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    /** By itself the tool ends at 24 MB. */
    @Test
    void dumpsRowsOfSixtyMegabytes() throws Exception {
        original.executeIn("shop", "CREATE TABLE files (v LONGTEXT)",
                "INSERT INTO files VALUES (CONCAT(REPEAT('x', 30 << 20), REPEAT('y', 30 << 20)))");

        route.run(dump("shop") + "&fileName=shop.sql", toFolder());

        assertThat(DumpRoute.text(stored()).length()).isGreaterThan(60 << 20);
    }

    @Test
    void refusesABrokenViewByItsNameWithTheWayOut() throws Exception {
        original.executeIn("shop", "CREATE TABLE base (a INT)", "CREATE VIEW good AS SELECT a FROM base",
                "CREATE TABLE gone (a INT)", "CREATE VIEW broken AS SELECT a FROM gone", "DROP TABLE gone");

        assertThatThrownBy(() -> route.run(dump("shop"), toFolder())).isInstanceOf(DumpException.class)
                .hasMessageContaining("views that cannot be read end the tool: shop.broken (")
                .hasMessageContaining("references invalid table").hasMessageEndingWith("--ignore-table=shop.broken");
        route.run(dump("shop") + "&options=--ignore-table=shop.broken", toFolder());

        assertThat(route.warnings()).isEmpty();
    }

    @Test
    void tellsOfViewsWhoseDefinerIsGone() throws Exception {
        original.execute("CREATE USER gone", "GRANT ALL ON *.* TO gone");
        original.executeIn("shop", "CREATE TABLE base (a INT)", "INSERT INTO base VALUES (7)",
                "CREATE DEFINER=gone VIEW seen AS SELECT a FROM base", "DROP USER gone");

        dumpAndRestore();
        assertThat(route.warnings()).singleElement().asString().contains("definer").contains("shop.seen");
        restored.execute("CREATE USER gone", "GRANT SELECT ON shop.* TO gone");

        assertThat(rows(restored, "SELECT a FROM shop.seen")).containsExactly("7");
        restored.execute("DROP USER gone");
    }

    private void dumpAndRestore() throws Exception {
        route.run(dump("shop") + "&fileName=shop.sql", toFolder());
        restored.restore(DumpRoute.decompressed(stored()), "shop");
    }

    private static List<String> rows(MariaDb server, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.connect("");
                ResultSet result = connection.createStatement().executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private String dump(String database) {
        return "dump:mysqldump?dsn=mysql://root@" + original.host() + ":" + original.port() + "/" + database;
    }

    private String toFolder() {
        return "storage:file:" + folder.resolve("stored") + "?sidecar=never";
    }

    private Path stored() {
        return folder.resolve("stored/shop.sql.zst");
    }
}
