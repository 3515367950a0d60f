package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

import io.onedump.database.client.ClientProgram;
import io.onedump.servers.DatabaseSnapshot;
import io.onedump.servers.MySql;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * MySQL 8.0.31, dumped by whichever tool is installed. Debian's is MariaDB's; with MySQL's own in the {@code PATH} the
 * tables with generated columns are dumped too.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MySqlDumpIT {

    private MySql original;
    private MySql restored;

    @TempDir
    private Path folder;

    private DumpRoute route;

    @BeforeAll
    void start() {
        original = MySql.start();
        restored = MySql.start();
        original.loadShop();
    }

    @AfterAll
    void stop() {
        original.close();
        restored.close();
    }

    @BeforeEach
    void clear() throws IOException {
        restored.execute("DROP DATABASE IF EXISTS shop",
                "CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
        route = new DumpRoute(Files.createDirectories(folder.resolve("work")));
    }

    @AfterEach
    void leavesNothingInTheWorkFolder() throws IOException {
        assertThat(route.leftovers()).isEmpty();
        route.close();
    }

    @Test
    @EnabledIf("hasMariaDbTool")
    void refusesGeneratedColumnsWithTheToolOfMariaDb() {
        assertThatThrownBy(() -> route.run(dump("shop", "root", ""), toFolder())).isInstanceOf(DumpException.class)
                .hasMessageContaining("shop.customers").hasMessageContaining("install MySQL's own mysqldump");

        assertThat(folder.resolve("stored")).doesNotExist();
    }

    /** Error 3105 in mysql.engine_cost ends the restore, and with it all databases that come after mysql. */
    @Test
    @EnabledIf("hasMariaDbTool")
    void refusesTheWholeServerWithTheToolOfMariaDb() {
        assertThatThrownBy(() -> route.run(dump("", "root", ""), toFolder())).isInstanceOf(DumpException.class)
                .hasMessageContaining("whole MySQL server cannot be restored")
                .hasMessageContaining("install MySQL's own")
                .hasMessageContaining("one database after the other");

        assertThat(folder.resolve("stored")).doesNotExist();
    }

    @Test
    void refusesABrokenViewAndTellsOfFloatsAndOfViewsWithoutADefiner() throws Exception {
        original.execute("CREATE DATABASE odd", "CREATE TABLE odd.prices (a FLOAT)",
                "CREATE TABLE odd.gone (a INT)", "CREATE VIEW odd.broken AS SELECT a FROM odd.gone",
                "DROP TABLE odd.gone", "CREATE USER gone", "GRANT ALL ON *.* TO gone",
                "CREATE DEFINER=gone VIEW odd.seen AS SELECT a FROM odd.prices", "DROP USER gone");
        try {
            assertThatThrownBy(() -> route.run(dump("odd", "root", ""), toFolder()))
                    .hasMessageContaining("odd.broken (").hasMessageContaining("--ignore-table=odd.broken");
            route.run(dump("odd", "root", "") + "&options=--ignore-table=odd.broken", toFolder());
        } finally {
            original.execute("DROP DATABASE odd");
        }

        assertThat(route.warnings()).hasSize(2).anyMatch(text -> text.contains("FLOAT") && text.contains("odd.prices"))
                .anyMatch(text -> text.contains("definer") && text.contains("odd.seen"));
    }

    @Test
    @EnabledIf("hasMariaDbTool")
    void comesBackFromTheToolOfMariaDb() throws Exception {
        original.execute("CREATE DATABASE plain CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
        original.execute("CREATE TABLE plain.`bytes` LIKE shop.`bytes`",
                "INSERT INTO plain.`bytes` SELECT * FROM shop.`bytes`");

        route.run(dump("plain", "root", "") + "&fileName=plain.sql", toFolder());

        restored.execute("CREATE DATABASE plain CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
        restored.restore(DumpRoute.decompressed(folder.resolve("stored/plain.sql.zst")), "plain");
        assertSame("plain");
        assertThat(DumpRoute.text(folder.resolve("stored/plain.sql.zst")))
                .containsPattern("-- CHANGE MASTER TO MASTER_LOG_FILE='binlog\\.\\d+', MASTER_LOG_POS=\\d+;");
    }

    @Test
    @EnabledIf("hasMySqlTool")
    void comesBackWithEveryRow() throws Exception {
        route.run(dump("shop", "root", "") + "&fileName=shop.sql", toFolder());

        restored.restore(DumpRoute.decompressed(folder.resolve("stored/shop.sql.zst")), "shop");
        assertSame("shop");
    }

    @Test
    @EnabledIf("hasMySqlTool")
    void dumpsEverythingWithTheLeastPrivileges() throws Exception {
        original.createUser("least", "secret", "SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON shop.*",
                "SHOW_ROUTINE ON *.*");

        route.run(dump("shop", "least", "secret") + "&fileName=least.sql", toFolder());

        restored.restore(DumpRoute.decompressed(folder.resolve("stored/least.sql.zst")), "shop");
        assertSame("shop");
    }

    /** Whether MySQL names the character set beside the collation that implies it depends on how a column was made. */
    private void assertSame(String database) throws SQLException {
        assertThat(withoutImplied(restored.snapshot(database))
                .differencesFrom(withoutImplied(original.snapshot(database))))
                .isEmpty();
    }

    private static DatabaseSnapshot withoutImplied(DatabaseSnapshot snapshot) {
        return new DatabaseSnapshot(snapshot.lines().stream()
                .map(line -> line.replaceAll(" CHARACTER SET (\\w+) COLLATE \\1_", " COLLATE $1_")).toList());
    }

    static boolean hasMariaDbTool() throws IOException {
        return tool().mariaDb();
    }

    static boolean hasMySqlTool() throws IOException {
        return !hasMariaDbTool();
    }

    private static ClientProgram tool() throws IOException {
        return ClientProgram.ask("mysqldump");
    }

    private String dump(String database, String user, String password) {
        return "dump:mysqldump?username=" + user + "&password=" + password + "&dsn=mysql://" + original.host() + ":"
                + original.port() + "/" + database;
    }

    private String toFolder() {
        return "storage:file:" + folder.resolve("stored") + "?sidecar=never";
    }
}
