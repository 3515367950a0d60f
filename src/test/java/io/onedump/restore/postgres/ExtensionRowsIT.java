package io.onedump.restore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.Threads;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.postgres.PgDumps;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.restore.choice.RestoreResult;
import io.onedump.servers.Command;
import io.onedump.servers.Postgres;
import io.onedump.servers.PostgresBuild;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows of tables that an extension makes and marks as its user's own ({@code pg_extension_config_dump}). */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtensionRowsIT {

    /** By their names and sizes the table with the reference would come first. */
    private static final String SCRIPT = """
            CREATE SCHEMA kinds;
            CREATE TABLE kinds.topics (id int PRIMARY KEY, name text, built_in boolean DEFAULT false);
            INSERT INTO kinds.topics VALUES (1, 'of the extension', true);
            CREATE TABLE kinds.layers (id serial PRIMARY KEY, topic int NOT NULL REFERENCES kinds.topics, note text);
            CREATE TABLE kinds.internal (a int);
            SELECT pg_catalog.pg_extension_config_dump('kinds.topics', 'WHERE NOT built_in');
            SELECT pg_catalog.pg_extension_config_dump('kinds.layers', '');
            SELECT pg_catalog.pg_extension_config_dump('kinds.layers_id_seq', '');
            """;

    private Postgres server;

    @TempDir
    private static Path folder;
    private Path dump;

    @BeforeAll
    void dump() throws IOException {
        server = Postgres.start(PostgresBuild.withExtension("kinds", SCRIPT));
        server.execute("CREATE DATABASE shop");
        server.executeIn("shop", "CREATE EXTENSION kinds", "INSERT INTO kinds.topics VALUES (2, 'mine'), (3, 'too')",
                "INSERT INTO kinds.layers (topic, note) SELECT 2 + n % 2, repeat('x', n) FROM generate_series(1, 300)"
                        + " n",
                "INSERT INTO kinds.internal VALUES (1)", "CREATE TABLE a AS SELECT generate_series(1, 10) n");
        dump = PgDumps.dump(server, "shop", folder.resolve("shop.sql.zst"), 2);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void clear() {
        server.execute("DROP DATABASE IF EXISTS again", "CREATE DATABASE again");
    }

    private RestoreResult restore(boolean replace, String... tables) throws IOException {
        return new PostgresRestore(Threads.daemons(), DumpFile.open(ByteRanges.of(dump)),
                new RestoreChoice(List.of(), List.of(tables), true, true, null, null, replace),
                PgDumps.settings(server, "again"), 3, RestoreListener.NONE).run(true);
    }

    @Test
    void aUsersOwnRowsComeBackBesideThoseOfTheExtension() throws Exception {
        assertThat(DumpFile.open(ByteRanges.of(dump)).index().tables()).extracting(DumpIndex.Table::name)
                .containsExactly("a", "topics", "layers");

        assertThat(restore(false).inWords()).isEqualTo("3 tables, 312 rows, all equal");
        assertThatTheyAreThere();
    }

    @Test
    void psqlLoadsThemToo() throws Exception {
        Path sql = folder.resolve("shop.sql");
        Command.of("zstd", "-dqf", dump.toString(), "-o", sql.toString()).run();
        server.restore(sql, "again");

        assertThatTheyAreThere();
    }

    private void assertThatTheyAreThere() throws SQLException {
        assertThat(text("SELECT string_agg(name, ', ' ORDER BY id) FROM kinds.topics"))
                .isEqualTo("of the extension, mine, too");
        assertThat(text("SELECT count(*) || ' ' || sum(length(note)) || ' ' || sum(topic) FROM kinds.layers"))
                .isEqualTo("300 45150 750");
        assertThat(text("SELECT nextval('kinds.layers_id_seq')")).isEqualTo("301");
        assertThat(text("SELECT count(*) FROM kinds.internal")).isEqualTo("0");
    }

    @Test
    void thoseThatAreThereAreReplacedOnlyWhenAsked() throws Exception {
        server.executeIn("again", "CREATE EXTENSION kinds", "INSERT INTO kinds.topics VALUES (2, 'other')",
                "INSERT INTO kinds.layers (topic) VALUES (2)");

        assertThatThrownBy(() -> restore(false)).isInstanceOf(RestoreException.class)
                .hasMessageContaining("rows of kinds.topics").hasMessageContaining("rows of kinds.layers")
                .hasMessageContaining("--replace");
        assertThat(text("SELECT count(*) FROM kinds.layers")).isEqualTo("1");

        assertThat(restore(true).different()).isEmpty();
        assertThatTheyAreThere();
    }

    @Test
    void aTableByItselfNeedsItsExtension() throws Exception {
        assertThatThrownBy(() -> restore(false, "kinds.topics")).isInstanceOf(RestoreException.class)
                .hasMessageContaining("there is no table kinds.topics on the target")
                .hasMessageContaining("create its extension");
        assertThat(text("SELECT count(*) FROM pg_class WHERE oid >= 16384")).isEqualTo("0");

        server.executeIn("again", "CREATE EXTENSION kinds");
        assertThat(restore(false, "kinds.topics").inWords()).isEqualTo("1 table, 2 rows, all equal");
        assertThat(text("SELECT string_agg(name, ', ' ORDER BY id) FROM kinds.topics"))
                .isEqualTo("of the extension, mine, too");
    }

    /** Its schema is there already, because another table was brought back before. */
    @Test
    void aTypeOfAnExtensionComesIntoASchemaThatIsThere() throws Exception {
        server.execute("DROP DATABASE IF EXISTS words", "CREATE DATABASE words");
        server.executeIn("words", "CREATE SCHEMA s", "CREATE EXTENSION citext SCHEMA s",
                "CREATE TABLE s.t (id int PRIMARY KEY, c s.citext)", "INSERT INTO s.t VALUES (1, 'A')",
                "CREATE TABLE s.u (id int)");
        Path words = PgDumps.dump(server, "words", folder.resolve("words.sql.zst"), 1);

        for (String table : List.of("s.u", "s.t")) {
            RestoreResult result = new PostgresRestore(Threads.daemons(), DumpFile.open(ByteRanges.of(words)),
                    new RestoreChoice(List.of(), List.of(table), true, true, null, null, false),
                    PgDumps.settings(server, "again"), 1, RestoreListener.NONE).run(true);
            assertThat(result.different()).isEmpty();
        }
        assertThat(text("SELECT c::text FROM s.t WHERE c OPERATOR(s.=) 'a'")).isEqualTo("A");
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = server.connect("again"); var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
