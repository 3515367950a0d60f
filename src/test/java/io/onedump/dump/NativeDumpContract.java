package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.onedump.artifact.ByteRanges;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.mysql.Exact;
import io.onedump.servers.DatabaseSnapshot;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dump:mysql-native} promises on both families. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NativeDumpContract {

    private static final Random RANDOM = new Random(20261130);

    SqlServer original;
    SqlServer restored;

    @TempDir
    private Path folder;
    private DumpRoute route;

    abstract SqlServer start();

    /** Statements that make and fill tables with every type and its extreme values. */
    abstract List<String> matrix();

    @BeforeAll
    void startServers() {
        original = start();
        restored = start();
        original.loadShop();
        original.execute("CREATE DATABASE matrix CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        original.executeIn("matrix", Stream.concat(Stream.of("SET sql_mode = ''", "SET time_zone = '+00:00'"),
                matrix().stream()).toArray(String[]::new));
    }

    @AfterAll
    void stop() {
        original.close();
        restored.close();
    }

    @BeforeEach
    void clear() throws IOException {
        restored.execute("DROP DATABASE IF EXISTS shop", "DROP DATABASE IF EXISTS empty_shop",
                "DROP DATABASE IF EXISTS matrix", "DROP DATABASE IF EXISTS many");
        route = new DumpRoute(Files.createDirectories(folder.resolve("work")));
    }

    @AfterEach
    void leavesNothingInTheWorkFolder() throws IOException {
        assertThat(route.leftovers()).isEmpty();
        route.close();
    }

    @Test
    void everyValueOfEveryTypeComesBackAsTheServerSaysIt() throws Exception {
        Path dump = dump("matrix", "parallel=2");
        restored.execute("CREATE DATABASE matrix");
        load(dump, "matrix");

        assertThat(exact(restored, "matrix")).isEqualTo(exact(original, "matrix"));
        assertDigests(dump, "matrix");
    }

    @Test
    void saysWhatTheAccountCannotSee() throws Exception {
        original.createUser("blind", "secret", "SELECT, SHOW VIEW ON shop.*");
        Path stored = folder.resolve("stored-blind");
        route.run("dump:mysql-native?dsn=mysql://blind@" + original.host() + ":" + original.port()
                + "/shop&password=secret&tables=customers", "storage:file:" + stored);

        original.execute("DROP USER blind");
        assertThat(route.warnings()).anyMatch(warning -> warning.contains("GRANT TRIGGER, EVENT ON `shop`.*"));
    }

    @Test
    void aDatabaseComesBackWithEverythingInItsSchema() throws Exception {
        Path dump = dump("shop", "parallel=2");
        restored.execute("CREATE DATABASE shop");
        load(dump, "shop");

        assertSame("shop");
        assertDigests(dump, "shop");
    }

    @Test
    void theWholeServerComesBackWithItsDatabases() throws Exception {
        Path dump = dump("", "parallel=3");
        load(dump, "");

        for (String database : List.of("shop", "empty_shop", "matrix")) {
            assertSame(database);
        }
        assertThat(index(dump).origin().databases()).contains("empty_shop", "matrix", "shop").doesNotContain("mysql");
    }

    @Test
    void rowsOfAnySizeComeBack() throws Exception {
        original.execute("DROP DATABASE IF EXISTS many", "CREATE DATABASE many");
        original.executeIn("many", "CREATE TABLE large (id int PRIMARY KEY, b longblob, t longtext)",
                "INSERT INTO large VALUES (1, REPEAT(x'00FF275C0A', 100000), REPEAT('ä''\\\\', 200000)), (2, '', NULL)",
                "INSERT INTO large VALUES (3, REPEAT(UNHEX(MD5('a')), 1100000), '')",
                "INSERT INTO large VALUES (4, REPEAT('x', 1048570), 'end')",
                "INSERT INTO large VALUES (5, REPEAT('y', 16777215 - 14), ''), (6, REPEAT('z', 16777215 - 15), '')");
        Path dump = dump("many", "");
        restored.execute("CREATE DATABASE many");
        load(dump, "many");

        assertThat(exactHash(restored)).isEqualTo(exactHash(original));
        assertDigests(dump, "many");
    }

    private static String exactHash(SqlServer server) throws Exception {
        try (Connection connection = server.connect("many"); var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT GROUP_CONCAT(id, MD5(b), LENGTH(b), IFNULL(MD5(t), 'null')"
                        + " ORDER BY id) FROM large")) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Each in a table of its own, cut into ranges of its key. */
    @Test
    void largeTablesAreReadByAllConnectionsWhateverTheirKey() throws Exception {
        original.execute("DROP DATABASE IF EXISTS many", "CREATE DATABASE many");
        String pad = "REPEAT(MD5(n), 30)";
        original.executeIn("many", "CREATE TABLE seq AS WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s"
                + " WHERE n < 1000) SELECT a.n + 1000 * (b.n - 1) AS n FROM s a JOIN s b WHERE b.n <= 30",
                "CREATE TABLE sparse (id bigint PRIMARY KEY, p text) AS SELECT IF(n = 1, -9223372036854775808,"
                        + " IF(n = 2, 9223372036854775807, n * n)) id, " + pad + " p FROM seq",
                "CREATE TABLE uns (id bigint unsigned PRIMARY KEY, p text) AS SELECT 18446744073709551615 - n id, "
                        + pad + " p FROM seq",
                "CREATE TABLE pair (a int, b varchar(20), p text, PRIMARY KEY (a, b)) AS SELECT IF(n < 29000, 1, n) a,"
                        + " CONCAT('k', n) b, " + pad + " p FROM seq",
                "CREATE TABLE texts (k varchar(40) COLLATE utf8mb4_general_ci PRIMARY KEY, p text) AS SELECT"
                        + " CONCAT(ELT(1 + n % 3, 'é', 'a''', 'Z'), n) k, " + pad + " p FROM seq",
                "CREATE TABLE bin (k binary(16) PRIMARY KEY, p text) AS SELECT UNHEX(MD5(n)) k, " + pad
                        + " p FROM seq",
                "CREATE TABLE uniq (d datetime(3) NOT NULL, p text, UNIQUE KEY (d)) AS SELECT '2024-01-01' + INTERVAL n"
                        + " SECOND d, " + pad + " p FROM seq",
                "CREATE TABLE nokey AS SELECT n, " + pad + " p FROM seq",
                "ANALYZE TABLE sparse, uns, pair, texts, bin, uniq, nokey");
        Path dump = dump("many", "parallel=3");
        restored.execute("CREATE DATABASE many");
        load(dump, "many");

        assertThat(checksums(restored)).isEqualTo(checksums(original));
        assertDigests(dump, "many");
        Map<String, Long> chunks = index(dump).tables().stream().collect(Collectors.toMap(DumpIndex.Table::name,
                table -> table.pieces().stream().map(DumpIndex.Piece::chunk).distinct().count()));
        assertThat(chunks).allSatisfy((table, count) -> {
            if (!List.of("seq", "nokey").contains(table)) {
                assertThat(count).as(table).isGreaterThan(1);
            }
        });
    }

    private static List<String> checksums(SqlServer server) throws Exception {
        List<String> sums = new ArrayList<>();
        try (Connection connection = server.connect("many"); var statement = connection.createStatement();
                var rows = statement.executeQuery("CHECKSUM TABLE seq, sparse, uns, pair, texts, bin, uniq, nokey")) {
            while (rows.next()) {
                sums.add(rows.getString(1) + " " + rows.getString(2));
            }
        }
        return sums;
    }

    @Test
    void choosesTablesAndRows() throws Exception {
        original.execute("DROP DATABASE IF EXISTS many", "CREATE DATABASE many");
        original.executeIn("many", "CREATE TABLE one (a int)", "INSERT INTO one VALUES (1), (2), (3)",
                "CREATE TABLE two (a int)", "CREATE TABLE log_a (a int)", "CREATE VIEW v AS SELECT a FROM one");

        DumpIndex some = index(dump("many", "tables=o*,many.log*&where=RAW(one: a > 1)"));
        assertThat(some.tables()).extracting(DumpIndex.Table::name).containsExactly("log_a", "one");
        assertThat(some.table("many", "one").orElseThrow().rows()).isEqualTo(2);
        assertThat(index(dump("many", "excludeTables=log_*,v")).tables()).extracting(DumpIndex.Table::name)
                .containsExactly("one", "two");
        assertThat(index(dump("many", "schemaOnly=true")).rows()).isZero();
        assertThat(index(dump("many", "dataOnly=true")).parts()).extracting(DumpIndex.Part::kind)
                .containsExactly(DumpIndex.Kind.HEAD, DumpIndex.Kind.TAIL);
    }

    @Test
    void theSidecarTellsWhatWasDumpedAndWhen() throws Exception {
        Path dump = dump("matrix", "parallel=2");
        String sidecar = Files.readString(dump.resolveSibling(dump.getFileName() + ".checksum"));

        assertThat(sidecar).contains("# snapshot: ").contains("# position: binlog.").contains("# databases: matrix\n")
                .containsPattern("# tables: [1-9]").containsPattern("# rows: [1-9]");
        DumpIndex.Origin origin = index(dump).origin();
        assertThat(sidecar).contains("# position: " + origin.position() + "\n");
        assertThat(text(dump)).contains("MASTER_LOG_POS=" + origin.position().replaceAll(".*:", "") + ";")
                .endsWith("\n").contains("-- Dump completed on ");
    }

    @Test
    void anAccountThatMayOnlySelectGetsAConsistentDump() throws Exception {
        original.execute("DROP USER IF EXISTS reader");
        original.createUser("reader", "secret", "SELECT, SHOW VIEW, TRIGGER, EVENT ON matrix.*");
        Path stored = folder.resolve("stored-reader");
        route.run("dump:mysql-native?dsn=mysql://reader:secret@" + original.host() + ":" + original.port()
                + "/matrix&parallel=2", "storage:file:" + stored);
        Path dump = only(stored);
        restored.execute("CREATE DATABASE matrix");
        load(dump, "matrix");

        assertThat(exact(restored, "matrix")).isEqualTo(exact(original, "matrix"));
    }

    @Test
    void aWrongPasswordAndAMissingDatabaseEndTheStep() {
        assertThatThrownBy(() -> route.run("dump:mysql-native?dsn=mysql://nobody:wrong@" + original.host() + ":"
                + original.port() + "/shop", "storage:file:" + folder.resolve("none")))
                .isInstanceOf(DumpException.class).hasMessageContaining("check username and password");
        assertThatThrownBy(() -> route.run("dump:mysql-native?dsn=mysql://root@" + original.host() + ":"
                + original.port() + "/missing", "storage:file:" + folder.resolve("none")))
                .isInstanceOf(DumpException.class).hasMessageContaining("there is no database 'missing'");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    /** Whether MySQL names the character set beside the collation that implies it depends on how a column was made. */
    private void assertSame(String database) throws SQLException {
        assertThat(withoutImplied(restored.snapshot(database))
                .differencesFrom(withoutImplied(original.snapshot(database)))).as(database).isEmpty();
    }

    private static DatabaseSnapshot withoutImplied(DatabaseSnapshot snapshot) {
        return new DatabaseSnapshot(snapshot.lines().stream()
                .map(line -> line.replaceAll(" CHARACTER SET (\\w+) COLLATE \\1_", " COLLATE $1_")).toList());
    }

    /** Who writes to it waits, also in the middle of the dump. */
    @Test
    void tablesWithoutTransactionsAreLockedWhenAsked() throws Exception {
        original.execute("DROP DATABASE IF EXISTS many", "CREATE DATABASE many");
        original.executeIn("many", "CREATE TABLE loose (id int AUTO_INCREMENT PRIMARY KEY, a int) ENGINE=MyISAM",
                "INSERT INTO loose (a) VALUES (1), (2)", "CREATE TABLE log (n int)");
        AtomicBoolean ended = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            try (Connection connection = original.connect("many"); var statement = connection.createStatement()) {
                while (!ended.get()) {
                    statement.execute("INSERT INTO loose (a) VALUES (1)");
                    statement.execute("INSERT INTO log VALUES (1)");
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();
        try {
            for (int time = 0; time < 3; time++) {
                DumpIndex index = index(dump("many", "lockNonTransactional=true"));
                long loose = index.table("many", "loose").orElseThrow().rows() - 2;
                assertThat(index.table("many", "log").orElseThrow().rows()).isBetween(loose - 1, loose);
                assertThat(route.warnings()).noneMatch(warning -> warning.contains("without transactions"));
            }
        } finally {
            ended.set(true);
            writer.join();
        }
        original.createUser("unlocking", "secret", "SELECT, TRIGGER, EVENT ON many.*");
        assertThatThrownBy(() -> route.run("dump:mysql-native?dsn=mysql://unlocking:secret@" + original.host() + ":"
                + original.port() + "/many&lockNonTransactional=true", "storage:file:" + folder.resolve("none")))
                .hasMessageContaining("GRANT LOCK TABLES");
        original.execute("DROP USER unlocking");
        dump("many", "");
        assertThat(route.warnings()).anyMatch(warning -> warning.contains("lockNonTransactional=true"));
    }

    /** The word between a role and its account. */
    abstract String defaultRoleOf();

    @Test
    void accountsComeBackWithRolesGrantsAndPasswords() throws Exception {
        original.execute("CREATE ROLE teller", "CREATE USER clerk IDENTIFIED BY 'sécret'", "GRANT SELECT ON shop.* TO"
                + " teller", "GRANT teller TO clerk", "GRANT INSERT, UPDATE (note) ON shop.customers TO clerk",
                "SET DEFAULT ROLE teller " + defaultRoleOf() + " clerk");
        load(dump("", "accounts=true&tables=shop.*"), "");

        for (String account : List.of("clerk", "teller")) {
            assertThat(texts(restored, "SHOW GRANTS FOR " + account))
                    .isEqualTo(texts(original, "SHOW GRANTS FOR " + account));
        }
        try (Connection clerk = restored.connect("shop", "clerk", "sécret")) {
            assertThat(clerk.isValid(5)).isTrue();
        }
        original.execute("DROP USER clerk", "DROP ROLE teller");
        restored.execute("DROP USER clerk", "DROP ROLE teller");
    }

    static List<String> texts(SqlServer server, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = server.connect(""); var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** The digest of each table in the index is that of the same table on both servers. */
    private void assertDigests(Path dump, String database) throws Exception {
        for (SqlServer server : List.of(original, restored)) {
            try (MySqlSession session = session(server)) {
                for (DumpIndex.Table table : index(dump).tables()) {
                    assertThat(Exact.digest(session, table)).as(table.name())
                            .isEqualTo(new Exact(table.rows(), table.digest()));
                }
            }
        }
        assertThat(index(dump).origin().databases()).contains(database);
    }

    private static MySqlSession session(SqlServer server) throws IOException {
        return Exact.session(MySqlSettings.of(server.host(), server.port(), server.user(), ""));
    }

    final Path dump(String database, String options) throws Exception {
        Path stored = folder.resolve("stored-" + RANDOM.nextInt(1 << 30));
        route.run("dump:mysql-native?dsn=mysql://root@" + original.host() + ":" + original.port() + "/" + database
                + (options.isEmpty() ? "" : "&" + options), "storage:file:" + stored);
        return only(stored);
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> dumps = files.filter(file -> file.toString().endsWith(".sql.zst")).toList();
            assertThat(dumps).hasSize(1);
            return dumps.get(0);
        }
    }

    static DumpIndex index(Path dump) throws IOException {
        return DumpFile.open(ByteRanges.of(dump)).index();
    }

    private static String text(Path dump) throws Exception {
        Process zstd = new ProcessBuilder("zstd", "-dcq", dump.toString()).start();
        try (InputStream in = zstd.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** As everybody would: {@code zstd -dc | mariadb}. */
    final void load(Path dump, String database) throws Exception {
        Path sql = Files.createTempFile(folder, "dump", ".sql");
        Process zstd = new ProcessBuilder("zstd", "-dcqf", dump.toString(), "-o", sql.toString()).start();
        assertThat(zstd.waitFor()).isZero();
        restored.restore(sql, database);
        Files.delete(sql);
    }

    private static List<String> exact(SqlServer server, String database) throws Exception {
        try (Connection connection = server.connect(database)) {
            return new ArrayList<>(Exact.text(connection, database));
        }
    }
}
