package io.onedump.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixtures survive a dump by the databases' own tools, and the snapshots see what does not. */
class FixturesIT {

    @TempDir
    private Path folder;

    @Test
    void survivesADumpOfMariaDb() throws SQLException {
        try (MariaDb original = MariaDb.start(); MariaDb restored = MariaDb.start()) {
            original.loadShop();
            restored.restore(mariaDbDump(original), "");
            assertSame(original, restored);
            seesChanges(restored, "UPDATE `bytes` SET content = x'5C22' WHERE id = 1009",
                    "- row of bytes | id='1009' | content='\\''", "+ row of bytes | id='1009' | content='\\\"'");
        }
    }

    /** Without a dump: what mariadb-dump writes about generated columns is refused by MySQL. */
    @Test
    void isTheSameOnEveryMySql() throws SQLException {
        try (MySql one = MySql.start(); MySql other = MySql.start()) {
            one.loadShop();
            other.loadShop();
            assertSame(one, other);
            seesChanges(other, "DELETE FROM without_key WHERE word IS NULL", "- row of without_key | word=NULL");
        }
    }

    @Test
    void survivesADumpOfPostgres() throws SQLException {
        try (Postgres original = Postgres.start(); Postgres restored = Postgres.start()) {
            original.loadShop();
            for (String database : List.of("shop", "empty_shop")) {
                Path dump = folder.resolve(database + ".sql");
                Command.of(original.binary("pg_dump").toString(), "--host=" + original.host(),
                        "--port=" + original.port(), "--username=" + original.user(), "--file=" + dump, database).run();
                restored.execute("CREATE DATABASE " + database);
                restored.restore(dump, database);
            }
            assertSame(original, restored);
            seesChanges(restored, "DROP TRIGGER customers_after_update ON customers",
                    "- trigger | definition='CREATE TRIGGER customers_after_update AFTER UPDATE OF name ON"
                            + " public.customers FOR EACH ROW WHEN ((old.name IS DISTINCT FROM new.name))"
                            + " EXECUTE FUNCTION public.note_change()' | tgenabled='O'");
        }
    }

    private Path mariaDbDump(SqlServer server) {
        Path dump = folder.resolve("dump.sql");
        Command.of(server.binary("mariadb-dump").toString(), "--no-defaults", "--host=" + server.host(),
                "--port=" + server.port(), "--user=" + server.user(), "--default-character-set=utf8mb4",
                "--single-transaction", "--hex-blob", "--routines", "--triggers", "--events",
                "--result-file=" + dump, "--databases", "shop", "empty_shop").run();
        assertThat(Files.isRegularFile(dump)).isTrue();
        return dump;
    }

    private static void assertSame(SqlServer original, SqlServer restored) throws SQLException {
        DatabaseSnapshot shop = original.snapshot("shop");
        assertThat(shop.lines()).hasSizeGreaterThan(300);
        assertThat(restored.snapshot("shop").differencesFrom(shop)).isEmpty();
        assertThat(restored.snapshot("empty_shop")).isEqualTo(original.snapshot("empty_shop"));
    }

    private static void seesChanges(SqlServer server, String change, String... differences) throws SQLException {
        DatabaseSnapshot before = server.snapshot("shop");
        server.executeIn("shop", change);
        assertThat(server.snapshot("shop").differencesFrom(before)).containsExactlyInAnyOrder(differences);
    }
}
