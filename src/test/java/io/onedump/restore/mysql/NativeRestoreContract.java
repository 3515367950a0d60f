package io.onedump.restore.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.Threads;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.dump.NativeMatrix;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.FrameWriter;
import io.onedump.dump.mysql.Exact;
import io.onedump.dump.mysql.NativeDump;
import io.onedump.dump.mysql.Selection;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.restore.choice.RestoreResult;
import io.onedump.servers.DatabaseSnapshot;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a restore of a native dump promises on both families. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NativeRestoreContract {

    private static final List<String> ALL = List.of("shop", "empty_shop", "matrix", "many");

    SqlServer original;
    SqlServer target;

    @TempDir
    private static Path folder;
    private Path whole;

    abstract SqlServer start();

    abstract boolean isMySql();

    @BeforeAll
    void dump() throws Exception {
        original = start();
        target = start();
        original.loadShop();
        original.execute("CREATE DATABASE matrix CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "CREATE DATABASE many");
        original.executeIn("matrix", Stream.concat(Stream.of("SET sql_mode = ''", "SET time_zone = '+00:00'"),
                NativeMatrix.statements(isMySql()).stream()).toArray(String[]::new));
        original.executeIn("many", keyed());
        whole = dumped(null);
    }

    /** Tables with all kinds of keys, that refer to each other, and what reads them by the database's name. */
    private static String[] keyed() {
        return new String[] {
                "CREATE TABLE seq AS WITH RECURSIVE s AS (SELECT 1 n UNION ALL SELECT n + 1 FROM s WHERE n < 1000)"
                        + " SELECT n FROM s",
                "CREATE TABLE parent (id int PRIMARY KEY, code varchar(20) NOT NULL, UNIQUE KEY code (code),"
                        + " KEY both_ways (code(5), id DESC), FULLTEXT KEY words (code)) COMMENT='a, (b); `c`'",
                "INSERT INTO parent SELECT n, CONCAT('code ', n) FROM seq",
                "CREATE TABLE child (id int AUTO_INCREMENT, k int, code varchar(20), note text DEFAULT NULL COMMENT"
                        + " 'it''s; \"odd\"', up int GENERATED ALWAYS AS (k + 1) VIRTUAL, PRIMARY KEY (k, id),"
                        + " KEY counter (id), KEY by_code (code), KEY by_up (up), KEY `odd ``name` (code, k),"
                        + " CONSTRAINT of_parent FOREIGN KEY (code) REFERENCES parent (code) ON DELETE CASCADE,"
                        + " CHECK (k <> -1))",
                "INSERT INTO child (k, code, note) SELECT n, CONCAT('code ', n), REPEAT('x', n) FROM seq",
                "CREATE TABLE itself (id int PRIMARY KEY, up int, KEY up (up), FOREIGN KEY (up) REFERENCES itself(id))",
                "INSERT INTO itself VALUES (1, NULL), (2, 1), (3, 2)",
                "CREATE TABLE unkeyed (a int NOT NULL, b int, UNIQUE KEY a (a), KEY b (b))",
                "INSERT INTO unkeyed SELECT n, n FROM seq",
                "CREATE TABLE old_engine (a int, KEY a (a)) ENGINE=MyISAM", "INSERT INTO old_engine VALUES (1), (1)",
                "CREATE TABLE large (id int PRIMARY KEY, b longblob)",
                "INSERT INTO large VALUES (1, REPEAT(x'00FF275C0A', 3000000)), (2, ''), (3, REPEAT('y', 16777215))",
                "CREATE VIEW z_base AS SELECT id, code FROM many.parent",
                "CREATE VIEW a_view AS SELECT z_base.id FROM z_base JOIN many.child c ON c.id = z_base.id",
                "CREATE TRIGGER stamp BEFORE INSERT ON child FOR EACH ROW SET NEW.note = IFNULL(NEW.note,"
                        + " (SELECT COUNT(*) FROM many.parent))",
                "CREATE PROCEDURE count_all() SELECT COUNT(*) FROM many.parent, `many`.`child`",
                "CREATE PROCEDURE tells() SELECT 'many.parent' AS t",
                "CREATE FUNCTION answer() RETURNS INT DETERMINISTIC RETURN 42",
                "CREATE EVENT hourly ON SCHEDULE EVERY 1 HOUR DISABLE DO DELETE FROM many.child WHERE id < 0"};
    }

    @AfterAll
    void stop() {
        original.close();
        target.close();
    }

    @BeforeEach
    void clear() {
        ALL.forEach(database -> target.execute("DROP DATABASE IF EXISTS " + database));
        target.execute("DROP DATABASE IF EXISTS rescue");
    }

    Path dumped(String database) throws IOException {
        Path file = folder.resolve("dump" + System.nanoTime() + ".sql.zst");
        Selection selection = new Selection(database, List.of(), List.of(), Map.of(), true, true, false);
        NativeDump dump = new NativeDump(Threads.daemons(), settings(original), selection, 2, null, "onedump test",
                what -> {
                });
        try (OutputStream out = Files.newOutputStream(file)) {
            dump.writeTo(out);
        } finally {
            dump.close();
        }
        return file;
    }

    static MySqlSettings settings(SqlServer server) {
        return MySqlSettings.of(server.host(), server.port(), server.user(), "");
    }

    NativeRestore restore(Path dump, RestoreChoice choice, String database) throws IOException {
        return restore(DumpFile.open(ByteRanges.of(dump)), choice, database, RestoreListener.NONE);
    }

    private NativeRestore restore(DumpFile dump, RestoreChoice choice, String database, RestoreListener listener)
            throws IOException {
        return new NativeRestore(Threads.daemons(), dump, choice, settings(target), database, 3, listener)
                .deferringFrom(1);
    }

    private static RestoreChoice tables(String... globs) {
        return new RestoreChoice(List.of(), List.of(globs), true, true, null, null, false);
    }

    private static RestoreChoice into(String database, String into) {
        return new RestoreChoice(List.of(database), List.of(), true, true, into, null, false);
    }

    @Test
    void theWholeServerComesBackAndIsEqual() throws Exception {
        RestoreResult result = restore(whole, RestoreChoice.everything(), null).run(true);

        assertThat(result.different()).isEmpty();
        assertThat(result.inWords()).endsWith(" rows, all equal");
        for (String database : ALL) {
            assertSame(database, database);
        }
        assertThat(exact(target, "matrix")).isEqualTo(exact(original, "matrix"));
        assertThat(exact(target, "many")).isEqualTo(exact(original, "many"));
    }

    @Test
    void aDumpOfOneDatabaseGoesIntoTheOneThatTheTargetNames() throws Exception {
        Path dump = dumped("many");
        RestoreResult result = restore(dump, RestoreChoice.everything(), "rescue").run(true);

        assertThat(result.different()).isEmpty();
        assertThat(exact(target, "rescue")).isEqualTo(exact(original, "many"));
        assertSame("rescue", "many");
    }

    @Test
    void aDatabaseComesBackUnderAnotherNameWithEverythingThatNamesIt() throws Exception {
        RestoreResult result = restore(whole, into("many", "rescue"), null).run(true);

        assertThat(result.different()).isEmpty();
        assertThat(exact(target, "rescue")).isEqualTo(exact(original, "many"));
        target.executeIn("rescue", "CALL count_all()", "INSERT INTO child (k) VALUES (-5)");
        assertThat(text("SELECT note FROM rescue.child WHERE k = -5")).isEqualTo("1000");
        assertThat(text("SELECT COUNT(*) FROM rescue.a_view")).isEqualTo("1000");
        assertThat(text("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'many'")).isEqualTo("0");
        assertThat(result.warnings()).anyMatch(warning -> warning.startsWith("procedure many.tells names its database"
                + " in a text, which stays: 'many.parent'"));
    }

    @Test
    void oneTableComesBackByItsOwnFramesOnly() throws Exception {
        AtomicLong read = new AtomicLong();
        ByteRanges counted = new ByteRanges() {
            @Override
            public long size() throws IOException {
                return Files.size(whole);
            }

            @Override
            public InputStream open(long offset, long length) throws IOException {
                read.addAndGet(length);
                return ByteRanges.of(whole).open(offset, length);
            }
        };
        RestoreResult result =
                restore(DumpFile.open(counted), tables("many.unkeyed"), null, RestoreListener.NONE).run(true);

        assertThat(result.tables()).isEqualTo(1);
        assertThat(result.different()).isEmpty();
        assertThat(read.get()).isLessThan(150_000);
        assertThat(text("SELECT COUNT(*) FROM many.unkeyed")).isEqualTo("1000");
        assertThat(text("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'many'")).isEqualTo("1");
    }

    @Test
    void aGlobTakesSeveralTablesWithTheirTriggers() throws Exception {
        restore(whole, tables("many.p*", "many.child"), null).run(true);

        assertThat(text("SELECT GROUP_CONCAT(table_name ORDER BY 1) FROM information_schema.tables WHERE table_schema"
                + " = 'many'")).isEqualTo("child,parent");
        assertThat(text("SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = 'many'"))
                .isEqualTo("stamp");
    }

    @Test
    void whatIsThereIsRefusedUnlessItMayBeReplaced() throws Exception {
        target.execute("CREATE DATABASE many", "CREATE TABLE many.parent (mine int)",
                "INSERT INTO many.parent VALUES (7)");

        assertThatThrownBy(() -> restore(whole, tables("many.*"), null).run(true))
                .isInstanceOf(RestoreException.class).hasMessageContaining("already many.parent")
                .hasMessageContaining("--replace");
        assertThat(text("SELECT mine FROM many.parent")).isEqualTo("7");
        assertThat(text("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'many'")).isEqualTo("1");

        RestoreResult result = restore(whole, new RestoreChoice(List.of("many"), List.of(), true, true, null, null,
                true), null).run(true);
        assertThat(result.different()).isEmpty();
        assertThat(exact(target, "many")).isEqualTo(exact(original, "many"));
    }

    @Test
    void theSchemaAloneAndThenTheRowsAlone() throws Exception {
        RestoreResult schema = restore(whole, new RestoreChoice(List.of("many"), List.of(), true, false, null, null,
                false), null).run(true);
        assertThat(schema.rows()).isZero();
        assertThat(text("SELECT COUNT(*) FROM many.parent")).isEqualTo("0");
        target.execute("DROP TRIGGER many.stamp");

        RestoreResult rows = restore(whole, new RestoreChoice(List.of("many"), List.of(), false, true, null, null,
                false), null).run(true);
        assertThat(rows.different()).isEmpty();
        assertThat(exact(target, "many")).isEqualTo(exact(original, "many"));
        assertThatThrownBy(() -> restore(whole, new RestoreChoice(List.of("many"), List.of(), false, true, null, null,
                false), null).run(true)).hasMessageContaining("rows of many.");
    }

    @Test
    void whatIsNotInTheDumpIsToldWithTheNearestNames() {
        assertThatThrownBy(() -> restore(whole, tables("many.parents"), null)).hasMessageContaining(
                "no table 'many.parents'; it has many.parent,");
        assertThatThrownBy(() -> restore(whole, into("mani", "x"), null))
                .hasMessageContaining("no database 'mani'; it has many");
        assertThatThrownBy(() -> restore(whole, new RestoreChoice(List.of(), List.of(), true, true, "x", null, false),
                null)).hasMessageContaining("only one database can come back under another name");
    }

    @Test
    void definersAreReplacedOrLeftOut() throws Exception {
        RestoreChoice boss =
                new RestoreChoice(List.of("many"), List.of(), true, true, null, "boss@localhost", false);
        assertThatThrownBy(() -> restore(whole, boss, null).run(true)).hasMessageContaining("view many.a_view")
                .hasMessageContaining("create that account, or restore with --definer or --without-definers");
        target.execute("CREATE USER boss@localhost", "GRANT SELECT ON many.* TO boss@localhost");
        // It goes on where the account was missing.
        restore(whole, boss, null).run(true);
        assertThat(text("SELECT GROUP_CONCAT(DISTINCT definer) FROM information_schema.routines WHERE routine_schema ="
                + " 'many'")).isEqualTo("boss@localhost");
        assertThat(text("SELECT definer FROM information_schema.views WHERE table_name = 'z_base'"))
                .isEqualTo("boss@localhost");
        assertThat(text("SELECT definer FROM information_schema.triggers WHERE trigger_name = 'stamp'"))
                .isEqualTo("boss@localhost");
        target.execute("DROP DATABASE many", "DROP USER boss@localhost");

        restore(whole, new RestoreChoice(List.of("many"), List.of(), true, true, null, "", false), null).run(true);
        assertThat(text("SELECT GROUP_CONCAT(DISTINCT definer) FROM information_schema.events WHERE event_schema ="
                + " 'many'")).startsWith("root@");
    }

    /** As often as the process may end, at any frame. */
    @Test
    void aRestoreThatBrokeOffGoesOn() throws Exception {
        Random random = new Random(20261130);
        DumpFile dump = DumpFile.open(ByteRanges.of(whole));
        int broken = 0;
        for (int i = 0; i < 12; i++) {
            int last = random.nextInt(60);
            AtomicLong calls = new AtomicLong();
            try {
                restore(dump, into("many", "rescue"), null, new RestoreListener() {
                    @Override
                    public void loaded(long bytes, long all, long rows) {
                        if (calls.getAndIncrement() >= last % 7) {
                            throw new IllegalStateException("ended");
                        }
                    }
                }).run(true);
                target.execute("DROP DATABASE rescue");
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("ended");
                broken++;
            }
            if (i % 3 == 2) {
                RestoreResult result = restore(dump, into("many", "rescue"), null, RestoreListener.NONE).run(true);
                assertThat(result.different()).isEmpty();
                assertThat(exact(target, "rescue")).isEqualTo(exact(original, "many"));
                assertThat(text("SELECT COUNT(*) FROM information_schema.tables WHERE table_name = '"
                        + Journal.TABLE + "'")).isEqualTo("0");
                target.execute("DROP DATABASE rescue");
            }
        }
        assertThat(broken).isGreaterThan(4);
    }

    @Test
    void anotherRestoreDoesNotGoOnWithAForeignJournal() throws Exception {
        DumpFile dump = DumpFile.open(ByteRanges.of(whole));
        assertThatThrownBy(() -> restore(dump, into("many", "rescue"), null, new RestoreListener() {
            @Override
            public void loaded(long bytes, long all, long rows) {
                throw new IllegalStateException("ended");
            }
        }).run(true)).hasMessageContaining("ended");

        assertThatThrownBy(() -> restore(dump, into("shop", "rescue"), null, RestoreListener.NONE).run(true))
                .hasMessageContaining("a restore of another dump, or of other parts of this one, broke off");
    }

    @Test
    void aConnectionThatIsCutEndsItAndTheNextOneGoesOn() throws Exception {
        DumpFile dump = DumpFile.open(ByteRanges.of(whole));
        assertThatThrownBy(() -> restore(dump, into("many", "rescue"), null, new RestoreListener() {
            @Override
            public void loaded(long bytes, long all, long rows) {
                target.kill();
            }
        }).run(true)).isInstanceOf(IOException.class);
        target.restart();

        assertThat(restore(dump, into("many", "rescue"), null, RestoreListener.NONE).run(true).different()).isEmpty();
        assertThat(exact(target, "rescue")).isEqualTo(exact(original, "many"));
    }

    @Test
    void aFlippedByteIsNoticedAndLeavesNothingUnsaid() throws Exception {
        byte[] bytes = Files.readAllBytes(whole);
        DumpFile dump = DumpFile.open(ByteRanges.of(whole));
        long at = dump.frame(dump.index().table("many", "parent").orElseThrow().pieces().get(0).frame()).offset();
        bytes[(int) at + 200] ^= 4;
        Path flipped = Files.write(folder.resolve("flipped.sql.zst"), bytes);

        assertThatThrownBy(() -> restore(flipped, tables("many.parent"), null).run(true))
                .isInstanceOf(IOException.class).hasMessageContaining("nothing was restored");
        assertThatThrownBy(() -> target.executeIn("many", "SELECT 1")).hasMessageContaining("many");
        Path cut = Files.write(folder.resolve("cut.sql.zst"), Files.readAllBytes(whole));
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 100));
        assertThatThrownBy(() -> DumpFile.open(ByteRanges.of(cut))).hasMessageContaining("cut off");
    }

    @Test
    void whoMayNotDoItIsToldBeforeAnythingIsWritten() throws Exception {
        target.execute("DROP USER IF EXISTS loader");
        target.createUser("loader", "", "SELECT, INSERT, DELETE, CREATE, DROP, ALTER ON rescue.*");
        NativeRestore restore = new NativeRestore(Threads.daemons(), DumpFile.open(ByteRanges.of(whole)),
                into("many", "rescue"), MySqlSettings.of(target.host(), target.port(), "loader", ""), null, 2,
                RestoreListener.NONE);

        assertThatThrownBy(() -> restore.run(true)).isInstanceOf(RestoreException.class)
                .hasMessageContaining("nothing was changed").hasMessageContaining("INDEX").hasMessageContaining(
                        "TRIGGER, ")
                .hasMessageContaining("CREATE VIEW").hasMessageContaining("EVENT")
                .hasMessageContaining(" ON `rescue`.* to it");
        assertThat(text("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name = 'rescue'"))
                .isEqualTo("0");

        target.execute("GRANT INDEX, REFERENCES, TRIGGER, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, EVENT"
                + " ON rescue.* TO loader");
        assertThat(new NativeRestore(Threads.daemons(), DumpFile.open(ByteRanges.of(whole)),
                new RestoreChoice(List.of("many"), List.of("unkeyed"), true, true, "rescue", "", false),
                MySqlSettings.of(target.host(), target.port(), "loader", ""), null, 2, RestoreListener.NONE).run(true)
                .different()).isEmpty();
        target.execute("DROP USER loader");
    }

    /** What it says of one table leads to another one's frames. */
    @Test
    void anIndexThatLiesChangesNoOtherTable() throws Exception {
        target.execute("CREATE DATABASE many", "CREATE TABLE many.parent (id int PRIMARY KEY, code varchar(20))",
                "INSERT INTO many.parent VALUES (-7, 'mine')");
        for (boolean rows : new boolean[] {true, false}) {
            Path lying = lying(rows);
            assertThatThrownBy(() -> restore(lying, tables("many.unkeyed"), null).run(true))
                    .isInstanceOf(RestoreException.class).hasMessageContaining("the table index is not this dump's");
            assertThat(text("SELECT GROUP_CONCAT(id) FROM many.parent")).isEqualTo("-7");
            target.execute("DROP TABLE IF EXISTS many.unkeyed", "DROP TABLE many." + Journal.TABLE);
        }
    }

    /** @param rows whether it lies about rows, or about how tables are made */
    private Path lying(boolean rows) throws IOException {
        DumpFile dump = DumpFile.open(ByteRanges.of(whole));
        DumpIndex index = dump.index();
        DumpIndex.Table other = index.table("many", "parent").orElseThrow();
        int frame = index.parts().stream().filter(part -> part.kind() == DumpIndex.Kind.TABLE
                && part.name().equals("parent")).findFirst().orElseThrow().frame();
        DumpIndex changed = new DumpIndex(index.origin(), index.parts().stream()
                .map(part -> !rows && part.kind() == DumpIndex.Kind.TABLE && part.name().equals("unkeyed")
                        ? new DumpIndex.Part(part.kind(), part.database(), part.name(), part.table(), frame)
                        : part)
                .toList(),
                index.tables().stream()
                        .map(table -> rows && table.name().equals("unkeyed")
                                ? new DumpIndex.Table(table.database(), table.name(), table.engine(), table.columns(),
                                        table.select(), table.from(), table.rows(), table.digest(), other.pieces())
                                : table)
                        .toList());
        Path file = folder.resolve("lying" + rows + ".sql.zst");
        int frames = Stream.concat(index.parts().stream().map(DumpIndex.Part::frame), index.tables().stream()
                .flatMap(table -> table.pieces().stream()).map(DumpIndex.Piece::frame)).max(Integer::compare)
                .orElseThrow();
        try (OutputStream out = Files.newOutputStream(file)) {
            FrameWriter writer = new FrameWriter(out, null);
            for (int number = 0; number <= frames; number++) {
                try (InputStream sql = dump.sql(dump.frame(number))) {
                    writer.stream(sql::transferTo);
                }
            }
            writer.finish(changed);
        }
        return file;
    }

    @Test
    void thePlanTellsHowMuchRoomItTakes() throws Exception {
        assertThat(restore(whole, RestoreChoice.everything(), null).plan())
                .anyMatch(line -> line.matches("space     about [\\d,]+ bytes for the rows, keys come on top; [\\d,]+"
                        + " are free"));
    }

    /** Each of a thousand changes of one value is found. */
    @Test
    void everyChangeOfAValueIsFound() throws Exception {
        restore(whole, into("matrix", "rescue"), null).run(true);
        DumpFile dump = DumpFile.open(ByteRanges.of(whole));
        NativePlan plan = new NativePlan(dump, into("matrix", "rescue"), null);
        Comparison comparison =
                new Comparison(Threads.daemons(), settings(target), plan, 1, RestoreListener.NONE);
        try (MySqlSession session = MySqlSession.connect(settings(target))) {
            Comparison.setUp(session);
            new Mutations(session, plan.tables(), "rescue").thousand(table -> comparison.difference(session, table));
        }
    }

    private void assertSame(String now, String then) throws SQLException {
        assertThat(plain(target.snapshot(now)).differencesFrom(plain(original.snapshot(then)))).as(now).isEmpty();
    }

    /** Without what depends on how a column was made, and on what the database is called. */
    private static DatabaseSnapshot plain(DatabaseSnapshot snapshot) {
        return new DatabaseSnapshot(snapshot.lines().stream()
                .map(line -> line.replaceAll(" CHARACTER SET (\\w+) COLLATE \\1_", " COLLATE $1_")
                        .replaceAll("`(rescue|many)`\\.", "many."))
                .toList());
    }

    private static List<String> exact(SqlServer server, String database) throws Exception {
        try (Connection connection = server.connect(database)) {
            return new ArrayList<>(Exact.text(connection, database));
        }
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = target.connect(""); var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
