package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.onedump.artifact.ByteRanges;
import io.onedump.docs.Repository;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.postgres.PgExact;
import io.onedump.dump.postgres.PgMatrix;
import io.onedump.servers.DatabaseSnapshot;
import io.onedump.servers.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dump:postgres-native} promises. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PostgresNativeContract {

    private Postgres original;
    private Postgres restored;

    @TempDir
    private Path folder;
    private DumpRoute route;
    private int count;

    /** A server of the release. */
    abstract Postgres server();

    /** Statements for what only this release has. */
    List<String> own() {
        return List.of();
    }

    @BeforeAll
    void start() {
        original = server();
        restored = server();
        original.loadShop();
        original.execute("CREATE DATABASE matrix");
        original.executeIn("matrix", Stream.concat(PgMatrix.statements().stream(), own().stream())
                .toArray(String[]::new));
    }

    @AfterAll
    void stop() {
        original.close();
        restored.close();
    }

    @BeforeEach
    void clear() throws IOException {
        restored.execute("DROP DATABASE IF EXISTS again", "CREATE DATABASE again");
        route = new DumpRoute(Files.createDirectories(folder.resolve("work")));
    }

    @AfterEach
    void leavesNothingInTheWorkFolder() throws IOException {
        assertThat(route.leftovers()).isEmpty();
        route.close();
    }

    @Test
    void aDatabaseComesBackWithEverythingInItsSchema() throws Exception {
        load(dump("shop", "parallel=2"));

        assertThat(restored.snapshot("again").differencesFrom(original.snapshot("shop"))).isEmpty();
        assertThat(exact(restored, "again").differencesFrom(exact(original, "shop"))).isEmpty();
    }

    @Test
    void everyValueOfEveryTypeComesBackAsTheServerHasIt() throws Exception {
        // Whatever role and database have for defaults.
        original.execute("ALTER DATABASE matrix SET extra_float_digits = -15",
                "ALTER DATABASE matrix SET DateStyle = 'German, DMY'",
                "ALTER DATABASE matrix SET bytea_output = escape",
                "ALTER DATABASE matrix SET IntervalStyle = sql_standard", "ALTER DATABASE matrix SET TimeZone ="
                        + " 'Europe/Berlin'");
        load(dump("matrix", "parallel=2"));

        assertThat(exact(restored, "again").differencesFrom(exact(original, "matrix"))).isEmpty();
    }

    @Test
    void choosesTablesRowsAndWhatTheyNeed() throws Exception {
        DumpIndex some = index(dump("shop", "tables=o*,public.measures&where=RAW(orders: id > 1)"));
        assertThat(some.tables()).extracting(DumpIndex.Table::name)
                .containsExactlyInAnyOrder("measures_2024", "measures_other", "odd \"name\" größe", "orders");
        assertThat(some.table("public", "orders").orElseThrow().rows()).isEqualTo(2);
        assertThat(some.parts()).extracting(DumpIndex.Part::name)
                .contains("TYPE status", "DOMAIN positive", "SCHEMA odd \"schema\" größe",
                        "CONSTRAINT orders orders_pkey",
                        "TABLE ATTACH measures_2024")
                .doesNotContain("customers", "FUNCTION greeting(text)", "TABLE customers", "LARGE OBJECTS");

        DumpIndex others = index(dump("shop", "excludeTables=orders,bytes"));
        assertThat(others.tables()).extracting(DumpIndex.Table::name).contains("customers", "pg_largeobject")
                .doesNotContain("orders", "bytes");
        assertThat(others.parts()).extracting(DumpIndex.Part::name)
                .noneMatch(name -> name != null && name.contains("a_view_of_a_view"));
        assertThat(route.warnings()).anyMatch(warning -> warning.contains("views that read what is left out")
                && warning.contains("public.a first view"));

        DumpIndex schema = index(dump("shop", "schemaOnly=true"));
        assertThat(schema.rows()).isZero();
        assertThat(index(dump("shop", "dataOnly=true")).parts()).extracting(DumpIndex.Part::kind).containsOnly(
                DumpIndex.Kind.HEAD, DumpIndex.Kind.SEQUENCE_VALUE, DumpIndex.Kind.TAIL);
    }

    @Test
    void theSidecarTellsWhatWasDumpedAndZstdAndTheReaderReadIt() throws Exception {
        Path dump = dump("matrix", "parallel=2");

        assertThat(Files.readString(dump.resolveSibling(dump.getFileName() + ".checksum")))
                .contains("# snapshot: exported connections=2\n").contains("# databases: matrix\n")
                .containsPattern("# position: [0-9A-F]+/[0-9A-F]+\n").containsPattern("# server: postgres 1")
                .containsPattern("# tables: [1-9]").containsPattern("# rows: [1-9]");
        assertThat(output("zstd", "-tq", dump.toString())).isEmpty();
        assertThat(output("zstd", "-lq", dump.toString())).contains("XXH64");
        String reader = Repository.file("docs/format/read_dump.py").toString();
        assertThat(output("python3", reader, "check", dump.toString())).contains("frames, all equal");
        assertThat(output("python3", reader, "list", dump.toString())).contains("public.floats\t509\t");
        Path made = folder.resolve("made.sql");
        Files.writeString(made, output("python3", reader, "sql", dump.toString(), "public", "made"));
        restored.restore(made, "again");
        assertThat(value(restored, "again", "SELECT count(*) || ' ' || max(b) || ' ' || nextval('made_d_seq') FROM"
                + " made")).isEqualTo("10 20 11");
    }

    @Test
    void rowsOfAnySizeAndTablesOfManyPagesComeBack() throws Exception {
        original.execute("DROP DATABASE IF EXISTS many", "CREATE DATABASE many");
        original.executeIn("many", "CREATE TABLE wide (id int, b bytea, t text)",
                "INSERT INTO wide VALUES (1, decode(repeat('00ff275c0a', 300000), 'hex'), 'x'), (2, '', NULL),"
                        + " (3, NULL, repeat(E'ä\\\\\\t', 500000)), (4, decode(repeat('ab', 524280), 'hex'), '')",
                "CREATE TABLE long AS SELECT n, md5(n::text) || repeat('x', 500) AS t"
                        + " FROM generate_series(1, 100000) n",
                "DELETE FROM long WHERE n % 3 = 0");
        Path dump = dump("many", "parallel=3");
        load(dump);

        assertThat(exact(restored, "again").differencesFrom(exact(original, "many"))).isEmpty();
        assertThat(index(dump).table("public", "long").orElseThrow().pieces().stream().map(DumpIndex.Piece::chunk)
                .distinct().count()).isGreaterThan(1);
    }

    /** Nobody reads them: there is no such file. */
    @Test
    void foreignTablesAreToldAndComeBackWithoutTheirRows() throws Exception {
        original.execute("DROP DATABASE IF EXISTS many", "CREATE DATABASE many");
        original.executeIn("many", "CREATE EXTENSION file_fdw", "CREATE SERVER far FOREIGN DATA WRAPPER file_fdw",
                "CREATE FOREIGN TABLE outside (a int, b text) SERVER far OPTIONS (filename '/none/a', format 'csv')",
                "CREATE TABLE parts (a int) PARTITION BY RANGE (a)",
                "CREATE TABLE inside PARTITION OF parts FOR VALUES FROM (0) TO (10)",
                "CREATE FOREIGN TABLE far_part PARTITION OF parts FOR VALUES FROM (10) TO (20) SERVER far"
                        + " OPTIONS (filename '/none/b')",
                "INSERT INTO inside VALUES (1)");
        Path dump = dump("many", "");

        assertThat(route.warnings())
                .anyMatch(warning -> warning.contains("foreign tables are dumped without their rows")
                        && warning.contains("public.far_part, public.outside"));
        assertThat(index(dump).tables()).extracting(DumpIndex.Table::name).containsExactly("inside");
        load(dump);
        assertThat(value(restored, "again", "SELECT count(*) FROM inside")).isEqualTo("1");
        assertThat(value(restored, "again", "SELECT string_agg(ftoptions::text, ' ' ORDER BY ftoptions) FROM"
                + " pg_foreign_table")).isEqualTo("{filename=/none/a,format=csv} {filename=/none/b}");
        assertThat(value(restored, "again", "SELECT count(*) FROM pg_inherits")).isEqualTo("2");
    }

    @Test
    void rowsThatThePolicyHidesFailTheDump() throws Exception {
        original.createUser("limited", "pw", "pg_read_all_data");
        original.execute("DROP DATABASE IF EXISTS many", "CREATE DATABASE many");
        original.executeIn("many", "CREATE TABLE t (a INT)", "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
                "CREATE TABLE u (a int)", "INSERT INTO u VALUES (1)");
        String limited = dumper() + "username=limited&password=pw&dsn=" + dsn("many");
        Path stored = folder.resolve("stored-limited");

        assertThatThrownBy(() -> route.run(limited, "storage:file:" + stored))
                .hasMessageContaining("row-level security")
                .hasMessageContaining("BYPASSRLS");
        assertThat(stored.toFile().list()).isNullOrEmpty();
        route.run(limited + "&excludeTables=t", "storage:file:" + stored);
        original.execute("DROP DATABASE many", "DROP ROLE limited");
    }

    @Test
    void saysWhoLocksATableAndWhoIsNotLetIn() throws Exception {
        original.createUser("stranger", "secret");

        assertThatThrownBy(() -> route.run(dumper() + "username=stranger&password=wrong&dsn=" + dsn("shop"),
                "storage:file:" + folder.resolve("no"))).isInstanceOf(DumpException.class)
                .hasMessageContaining("check username and password").hasMessageNotContaining("wrong&");
        assertThatThrownBy(() -> route.run(dumper() + "username=stranger&password=secret&dsn="
                + dsn("shop"), "storage:file:" + folder.resolve("no"))).hasMessageContaining("permission denied")
                .hasMessageContaining("docs/dump.md");
        assertThatThrownBy(() -> route.run(dumper() + "username=postgres&dsn=" + dsn("nowhere"),
                "storage:file:" + folder.resolve("no"))).hasMessageContaining("\"nowhere\" does not exist");
        assertThatThrownBy(() -> route.run("dump:postgres-native?dsn=postgres://postgres@127.0.0.1:1/shop",
                "storage:file:" + folder.resolve("no"))).isInstanceOf(DumpConnectException.class);
        assertThat(folder.resolve("no").toFile().list()).isNullOrEmpty();
    }

    /** Money goes from table to table while dumps are made: none is lost or twice there in any. */
    @Test
    void everyDumpSeesOneMoment() throws Exception {
        original.execute("DROP DATABASE IF EXISTS bank", "CREATE DATABASE bank");
        for (int table = 0; table < 4; table++) {
            original.executeIn("bank", "CREATE TABLE account_" + table + " (id int PRIMARY KEY, money bigint)",
                    "INSERT INTO account_" + table + " SELECT n, 1000 FROM generate_series(1, 200) n");
        }
        AtomicBoolean ended = new AtomicBoolean();
        AtomicLong transfers = new AtomicLong();
        List<Future<?>> writers = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            for (int writer = 0; writer < 8; writer++) {
                writers.add(pool.submit(() -> transfer(ended, transfers)));
            }
            for (int i = 0; i < 8; i++) {
                long sum = DumpRoute.text(dump("bank", "parallel=3")).lines()
                        .filter(line -> line.matches("\\d+\t-?\\d+")).mapToLong(line -> Long.parseLong(
                                line.substring(line.indexOf('\t') + 1)))
                        .sum();
                assertThat(sum).isEqualTo(4 * 200 * 1000);
            }
        } finally {
            ended.set(true);
            pool.shutdown();
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        assertThat(transfers).hasValueGreaterThan(100);
    }

    private Void transfer(AtomicBoolean ended, AtomicLong transfers) throws SQLException {
        try (Connection connection = original.connect("bank"); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            ThreadLocalRandom random = ThreadLocalRandom.current();
            while (!ended.get()) {
                int from = random.nextInt(3);
                // In one order, so that none waits for another in a circle.
                statement.execute("UPDATE account_" + from + " SET money = money - 7 WHERE id = 1 + "
                        + random.nextInt(200));
                statement.execute("UPDATE account_" + (from + 1 + random.nextInt(3 - from)) + " SET money = money + 7"
                        + " WHERE id = 1 + " + random.nextInt(200));
                connection.commit();
                transfers.incrementAndGet();
            }
        }
        return null;
    }

    /** While a dump reads, a table that somebody wants to change waits for him, and he for the dump. */
    @Test
    void tablesAreLockedBeforeTheSnapshotIsTaken() throws Exception {
        original.execute("DROP DATABASE IF EXISTS many", "CREATE DATABASE many");
        original.executeIn("many", "CREATE TABLE t AS SELECT n FROM generate_series(1, 1000) n");
        try (Connection other = original.connect("many"); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("TRUNCATE t");
            CompletableFuture<Path> dump = CompletableFuture.supplyAsync(() -> {
                try {
                    return dump("many", "");
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });
            await().until(() -> value(original, "many", "SELECT count(*) FROM pg_locks WHERE NOT granted"
                    + " AND relation = 't'::regclass").equals("1"));
            statement.execute("INSERT INTO t VALUES (1), (2)");
            other.commit();

            // Not the empty table that a snapshot from before the commit would show.
            assertThat(index(dump.get()).table("public", "t").orElseThrow().rows()).isEqualTo(2);
        }
    }

    private static String value(Postgres server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database); Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String output(String... words) throws Exception {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    private Path dump(String database, String options) throws Exception {
        Path stored = folder.resolve("stored-" + count++);
        route.run(dumper() + "username=postgres&dsn=" + dsn(database)
                + (options.isEmpty() ? "" : "&" + options), "storage:file:" + stored);
        try (Stream<Path> files = Files.list(stored)) {
            return files.filter(file -> file.toString().endsWith(".sql.zst")).findFirst().orElseThrow();
        }
    }

    private String dumper() {
        return "dump:postgres-native?executable=" + original.binary("pg_dump") + "&";
    }

    private String dsn(String database) {
        return "postgres://" + original.host() + ":" + original.port() + "/" + database;
    }

    private static DumpIndex index(Path dump) throws IOException {
        return DumpFile.open(ByteRanges.of(dump)).index();
    }

    /** As everybody would: {@code zstd -dc | psql}. */
    private void load(Path dump) throws Exception {
        Path sql = folder.resolve("sql-" + count++);
        Process zstd = new ProcessBuilder("zstd", "-dcqf", dump.toString(), "-o", sql.toString()).start();
        assertThat(zstd.waitFor()).isZero();
        restored.restore(sql, "again");
    }

    private static DatabaseSnapshot exact(Postgres server, String database) throws SQLException {
        try (Connection connection = server.connect(database)) {
            return PgExact.of(connection);
        }
    }
}
