package io.onedump.restore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.Threads;
import io.onedump.database.postgres.PgSession;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.FrameWriter;
import io.onedump.dump.postgres.PgDumps;
import io.onedump.dump.postgres.PgExact;
import io.onedump.dump.postgres.PgMatrix;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.restore.choice.RestoreResult;
import io.onedump.servers.Command;
import io.onedump.servers.DatabaseSnapshot;
import io.onedump.servers.Postgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a restore of a native dump of PostgreSQL promises. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NativeRestorePostgresContract {

    private Postgres original;
    private Postgres target;

    @TempDir
    private static Path folder;
    private Path shop;
    private Path matrix;

    /** A server of the release. */
    abstract Postgres start();

    /** Statements for what only this release has. */
    List<String> own() {
        return List.of();
    }

    @BeforeAll
    void dump() throws Exception {
        original = start();
        target = start();
        original.loadShop();
        original.execute("CREATE DATABASE matrix");
        original.executeIn("matrix", Stream.of(PgMatrix.statements(), PgMatrix.sales(), own())
                .flatMap(List::stream).toArray(String[]::new));
        shop = PgDumps.dump(original, "shop", folder.resolve("shop.sql.zst"), 2);
        matrix = PgDumps.dump(original, "matrix", folder.resolve("matrix.sql.zst"), 2);
    }

    @AfterAll
    void stop() {
        original.close();
        target.close();
    }

    @BeforeEach
    void clear() {
        target.execute("DROP DATABASE IF EXISTS again", "CREATE DATABASE again", "DROP ROLE IF EXISTS clerk",
                "CREATE ROLE clerk");
    }

    private PostgresRestore restore(Path dump, RestoreChoice choice) throws IOException {
        return restore(dump, choice, RestoreListener.NONE);
    }

    private PostgresRestore restore(Path dump, RestoreChoice choice, RestoreListener listener) throws IOException {
        return new PostgresRestore(Threads.daemons(), DumpFile.open(ByteRanges.of(dump)), choice,
                PgDumps.settings(target, "again"), 3, listener);
    }

    private static RestoreChoice tables(String... globs) {
        return new RestoreChoice(List.of(), List.of(globs), true, true, null, null, false);
    }

    private static RestoreChoice replacing(String... globs) {
        return new RestoreChoice(List.of(), List.of(globs), true, true, null, null, true);
    }

    @Test
    void aDatabaseComesBackWithEverythingInItsSchemaAndIsEqual() throws Exception {
        RestoreResult result = restore(shop, RestoreChoice.everything()).run(true);

        assertThat(result.different()).isEmpty();
        assertThat(result.inWords()).endsWith(" rows, all equal");
        assertThat(target.snapshot("again").differencesFrom(original.snapshot("shop"))).isEmpty();
        assertSame("shop");
    }

    @Test
    void everyValueOfEveryTypeComesBackAsTheServerHasIt() throws Exception {
        RestoreResult result = restore(matrix, RestoreChoice.everything()).run(true);

        assertThat(result.different()).isEmpty();
        assertSame("matrix");
        assertThat(schema(target, "again")).isEqualTo(schema(original, "matrix"));
    }

    @Test
    void largeObjectsComeBackWithOwnersGrantsAndRemarks() throws Exception {
        String objects = "SELECT string_agg(concat_ws('|', oid, lomowner::regrole, lomacl, obj_description(oid,"
                + " 'pg_largeobject')), ' ' ORDER BY oid) FROM pg_largeobject_metadata";
        restore(matrix, RestoreChoice.everything()).run(true);

        assertThat(text(objects)).isEqualTo(text(original, "matrix", objects)).startsWith("77|postgres|{postgres=rw/")
                .contains("=w/clerk", "78|clerk|", "|it's\r\nGRANT \\ ö", "79|postgres|{}");
    }

    @Test
    void oneTableComesBackWithWhatItNeedsAndByItsOwnFramesOnly() throws Exception {
        AtomicLong read = new AtomicLong();
        ByteRanges counted = new ByteRanges() {
            @Override
            public long size() throws IOException {
                return Files.size(matrix);
            }

            @Override
            public InputStream open(long offset, long length) throws IOException {
                read.addAndGet(length);
                return ByteRanges.of(matrix).open(offset, length);
            }
        };
        RestoreResult result = new PostgresRestore(Threads.daemons(), DumpFile.open(counted), tables("sales.orders"),
                PgDumps.settings(target, "again"), 2, RestoreListener.NONE).run(true);

        assertThat(result.different()).isEmpty();
        assertThat(result.tables()).isEqualTo(1);
        assertThat(read.get()).isLessThan(150_000);
        assertThat(result.warnings()).anyMatch(warning -> warning.contains("orders_customer_fkey")
                && warning.contains("is left out") && warning.contains("sales.customers"));
        assertThat(text("SELECT count(*) FROM sales.orders")).isEqualTo("1000");
        assertThat(text("SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relnamespace ="
                + " 'sales'::regnamespace")).isEqualTo("by_note orders orders_id_seq orders_pkey");
        assertThat(text("SELECT col_description('sales.orders'::regclass, 4)")).isEqualTo("a note");
        assertThat(text("SELECT obj_description('sales.by_note'::regclass)")).isEqualTo("an index");
        assertThat(text("SELECT has_table_privilege('clerk', 'sales.orders', 'SELECT')")).isEqualTo("t");
        target.executeIn("again", "INSERT INTO sales.orders (customer) VALUES (1)");
        assertThat(text("SELECT id || note FROM sales.orders ORDER BY id DESC LIMIT 1")).isEqualTo("1001touched");
    }

    @Test
    void aPartitionedTableBringsItsPartitions() throws Exception {
        RestoreResult result = restore(matrix, tables("sales.parts")).run(true);

        assertThat(result.inWords()).isEqualTo("2 tables, 500 rows, all equal");
        assertThat(text("SELECT count(*) FROM sales.parts")).isEqualTo("500");
        assertThat(text("SELECT count(*) FROM pg_index WHERE indisvalid AND indexrelid IN (SELECT inhrelid FROM"
                + " pg_inherits UNION SELECT inhparent FROM pg_inherits)")).isEqualTo("3");
    }

    @Test
    void aTableThatWasLostComesBackBesideTheOthers() throws Exception {
        restore(matrix, RestoreChoice.everything()).run(true);
        target.executeIn("again", "DROP TABLE sales.orders CASCADE", "UPDATE sales.customers SET code = 'mine'");

        assertThat(restore(matrix, tables("sales.orders", "sales.open")).run(true).different()).isEmpty();
        assertThat(text("SELECT count(*) FROM sales.open")).isEqualTo("1000");
        assertThat(text("SELECT count(*) FROM sales.customers WHERE code = 'mine'")).isEqualTo("1000");
        assertThat(text("SELECT count(*) FROM pg_constraint WHERE conname = 'orders_customer_fkey'")).isEqualTo("1");
    }

    @Test
    void whatIsThereIsRefusedUnlessItMayBeReplaced() throws Exception {
        target.executeIn("again", "CREATE SCHEMA sales", "CREATE TABLE sales.customers (mine int)",
                "INSERT INTO sales.customers VALUES (7)", "CREATE TYPE mood AS ENUM ('x')");

        assertThatThrownBy(() -> restore(matrix, RestoreChoice.everything()).run(true))
                .isInstanceOf(RestoreException.class).hasMessageContaining("already").hasMessageContaining("--replace")
                .hasMessageContaining("sales.customers");
        assertThat(text("SELECT mine FROM sales.customers")).isEqualTo("7");
        assertThat(text("SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'sales')")).isEqualTo("1");

        assertThat(restore(matrix, replacing()).run(true).different()).isEmpty();
        assertSame("matrix");
        assertThat(restore(matrix, replacing()).run(true).different()).isEmpty();
        assertSame("matrix");
        assertThat(schema(target, "again")).isEqualTo(schema(original, "matrix"));
    }

    @Test
    void whatOthersNeedIsNotReplaced() throws Exception {
        restore(matrix, RestoreChoice.everything()).run(true);
        target.executeIn("again", "CREATE TABLE mine (c int REFERENCES sales.customers)",
                "CREATE VIEW my_view AS SELECT id FROM sales.orders", "CREATE TABLE my_state (s sales.state)");

        assertThatThrownBy(() -> restore(matrix, replacing("sales.customers")).run(true))
                .isInstanceOf(RestoreException.class).hasMessageContaining("constraint mine_c_fkey of public.mine")
                .hasMessageContaining("constraint orders_customer_fkey of sales.orders");
        assertThatThrownBy(() -> restore(matrix, replacing()).run(true)).hasMessageContaining("public.my_view")
                .hasMessageContaining("column s of public.my_state");
        assertThat(text("SELECT count(*) FROM my_view")).isEqualTo("1000");
        target.executeIn("again", "DROP TABLE mine, my_state", "DROP VIEW my_view");
        assertSame("matrix");
    }

    @Test
    void whatCannotBeMadeLeavesTheTargetAsItWas() throws Exception {
        target.execute("DROP ROLE clerk");

        assertThatThrownBy(() -> restore(matrix, RestoreChoice.everything()).run(true))
                .hasMessageContaining("role \"clerk\" does not exist").hasMessageContaining("--without-definers");
        assertThat(text("SELECT count(*) FROM pg_class WHERE oid >= 16384")).isEqualTo("0");

        RestoreChoice withoutOwners = new RestoreChoice(List.of(), List.of(), true, true, null, "", false);
        assertThat(restore(matrix, withoutOwners).run(true).different()).isEmpty();
        assertSame("matrix");
        assertThat(text("SELECT string_agg(DISTINCT relowner::regrole::text, ' ') FROM pg_class"))
                .isEqualTo("postgres");
        assertThat(text("SELECT string_agg(lomowner::regrole || coalesce(lomacl::text, ''), ' ') FROM"
                + " pg_largeobject_metadata")).isEqualTo("postgres postgres postgres");
        assertThat(text("SELECT obj_description(78, 'pg_largeobject')")).startsWith("it's");
    }

    @Test
    void theSchemaAloneAndThenTheRowsAlone() throws Exception {
        RestoreResult schema = restore(matrix, new RestoreChoice(List.of(), List.of(), true, false, null, null, false))
                .run(true);
        assertThat(schema.rows()).isZero();
        assertThat(text("SELECT count(*) FROM sales.orders")).isEqualTo("0");

        RestoreChoice data = new RestoreChoice(List.of(), List.of(), false, true, null, null, false);
        RestoreResult rows = restore(matrix, data).run(true);
        assertThat(rows.different()).isEmpty();
        assertSame("matrix");
        assertThatThrownBy(() -> restore(matrix, data).run(true)).hasMessageContaining("rows of ");
        assertThat(restore(matrix, new RestoreChoice(List.of(), List.of(), false, true, null, null, true)).run(true)
                .different()).isEmpty();
        assertSame("matrix");
        target.executeIn("again", "DROP TABLE sales.large");
        assertThatThrownBy(() -> restore(matrix, data).run(true))
                .hasMessageContaining("no table sales.large on the target for the rows");
    }

    @Test
    void whatIsNotInTheDumpOrNotForPostgresIsTold() {
        assertThatThrownBy(() -> restore(matrix, tables("sales.order"))).hasMessageContaining(
                "no table 'sales.order'; it has sales.orders,");
        assertThatThrownBy(() -> restore(matrix, new RestoreChoice(List.of("x"), List.of(), true, true, null, null,
                false))).hasMessageContaining("leave --database and --into-database out");
        assertThatThrownBy(() -> restore(matrix, new RestoreChoice(List.of(), List.of(), true, true, null, "a@b",
                false))).hasMessageContaining("--definer is for MySQL");
    }

    @Test
    void thePlanIsToldAndNothingIsChanged() throws Exception {
        List<String> plan = restore(matrix, RestoreChoice.everything()).plan();

        assertThat(plan).anyMatch(line -> line.startsWith("dump      of postgres 1"))
                .anyMatch(line -> line.matches("tables +\\d+, [0-9,]+ rows.*"))
                .anyMatch(line -> line.equals("present   nothing of these names"));
        assertThat(text("SELECT count(*) FROM pg_class WHERE oid >= 16384")).isEqualTo("0");
    }

    /** As often as the process may end, at any frame, and in the middle of what comes after. */
    @Test
    void aRestoreThatBrokeOffGoesOn() throws Exception {
        Random random = new Random(20261130);
        int broken = 0;
        for (int i = 0; i < 8; i++) {
            int last = random.nextInt(9);
            AtomicLong calls = new AtomicLong();
            try {
                restore(matrix, RestoreChoice.everything(), new RestoreListener() {
                    @Override
                    public void loaded(long bytes, long all, long rows) {
                        if (calls.getAndIncrement() >= last) {
                            throw new IllegalStateException("ended");
                        }
                    }

                    @Override
                    public void doing(String what) {
                        if (last % 3 == 0 && what.startsWith("making what refers")) {
                            throw new IllegalStateException("ended");
                        }
                    }
                }).run(true);
                target.execute("DROP DATABASE again", "CREATE DATABASE again");
            } catch (IOException | IllegalStateException e) {
                assertThat(e).hasMessageContaining("ended");
                broken++;
            }
            if (i % 4 == 3) {
                assertThat(restore(matrix, RestoreChoice.everything()).run(true).different()).isEmpty();
                assertSame("matrix");
                assertThat(schema(target, "again")).isEqualTo(schema(original, "matrix"));
                target.execute("DROP DATABASE again", "CREATE DATABASE again");
            }
        }
        assertThat(broken).isGreaterThan(3);
    }

    @Test
    void anotherRestoreDoesNotGoOnWithAForeignJournal() {
        RestoreListener ending = new RestoreListener() {
            @Override
            public void loaded(long bytes, long all, long rows) {
                throw new IllegalStateException("ended");
            }
        };
        assertThatThrownBy(() -> restore(matrix, RestoreChoice.everything(), ending).run(true))
                .hasMessageContaining("ended");

        assertThatThrownBy(() -> restore(shop, RestoreChoice.everything()).run(true))
                .hasMessageContaining("a restore of another dump, or of other parts of this one, broke off");
    }

    @Test
    void aServerThatIsKilledEndsItAndTheNextOneGoesOn() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 2; i++) {
            int last = random.nextInt(3);
            AtomicLong calls = new AtomicLong();
            assertThatThrownBy(() -> restore(matrix, RestoreChoice.everything(), new RestoreListener() {
                @Override
                public void loaded(long bytes, long all, long rows) {
                    if (calls.getAndIncrement() == last) {
                        target.kill();
                    }
                }
            }).run(true)).isInstanceOf(IOException.class);
            target.restart();
        }

        assertThat(restore(matrix, RestoreChoice.everything()).run(true).different()).isEmpty();
        assertSame("matrix");
    }

    @Test
    void aFlippedByteIsNoticed() throws Exception {
        DumpFile dump = DumpFile.open(ByteRanges.of(matrix));
        byte[] bytes = Files.readAllBytes(matrix);
        long at = dump.frame(dump.index().table("sales", "orders").orElseThrow().pieces().get(0).frame()).offset();
        bytes[(int) at + 200] ^= 4;
        Path flipped = Files.write(folder.resolve("flipped.sql.zst"), bytes);

        assertThatThrownBy(() -> restore(flipped, tables("sales.orders")).run(true)).isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
        assertThat(text("SELECT count(*) FROM pg_namespace WHERE nspname = 'sales'")).isEqualTo("0");
    }

    /** What it says of one table's rows leads to another one's. */
    @Test
    void anIndexThatLiesChangesNoOtherTable() throws Exception {
        target.executeIn("again", "CREATE SCHEMA sales", "CREATE TABLE sales.customers (mine int)",
                "INSERT INTO sales.customers VALUES (7)");

        assertThatThrownBy(() -> restore(lying(true), tables("sales.large")).run(true))
                .isInstanceOf(RestoreException.class).hasMessageContaining("the table index is not this dump's");
        assertThat(text("SELECT string_agg(mine::text, ' ') FROM sales.customers")).isEqualTo("7");
    }

    /** What it says of how one is made makes another one. */
    @Test
    void anIndexThatLiesOfTheSchemaLeavesTheTargetAsItWas() throws Exception {
        assertThatThrownBy(() -> restore(lying(false), tables("sales.large")).run(true))
                .isInstanceOf(IOException.class).hasMessageContaining("customers");
        assertThat(text("SELECT count(*) FROM pg_class WHERE oid >= 16384")).isEqualTo("0");
    }

    /** And what it says of large objects. */
    @Test
    void anIndexThatLiesOfLargeObjectsRunsNothingElse() throws Exception {
        DumpFile dump = DumpFile.open(ByteRanges.of(matrix));
        DumpIndex index = dump.index();
        int frame = index.parts().stream().filter(part -> part.kind() == DumpIndex.Kind.TABLE
                && part.name().equals("customers")).findFirst().orElseThrow().frame();
        Path file = written("lying-objects", new DumpIndex(index.origin(), index.parts(), index.tables().stream()
                .map(table -> table.name().equals("pg_largeobject")
                        ? new DumpIndex.Table(table.database(), table.name(), table.engine(), table.columns(),
                                table.select(), table.from(), table.rows(), table.digest(), List.of(
                                        new DumpIndex.Piece(frame, 0, 1)))
                        : table)
                .toList()));

        assertThatThrownBy(() -> restore(file, RestoreChoice.everything()).run(true))
                .isInstanceOf(RestoreException.class).hasMessageContaining("the table index is not this dump's");
    }

    /** @param rows whether it lies about rows, or about how tables are made */
    private Path lying(boolean rows) throws IOException {
        DumpIndex index = DumpFile.open(ByteRanges.of(matrix)).index();
        DumpIndex.Table other = index.table("sales", "customers").orElseThrow();
        int frame = index.parts().stream().filter(part -> part.kind() == DumpIndex.Kind.TABLE
                && part.name().equals("customers")).findFirst().orElseThrow().frame();
        return written("lying-" + rows, new DumpIndex(index.origin(), index.parts().stream()
                .map(part -> !rows && part.kind() == DumpIndex.Kind.TABLE && part.name().equals("large")
                        ? new DumpIndex.Part(part.kind(), part.database(), part.name(), part.table(), frame,
                                part.needs())
                        : part)
                .toList(),
                index.tables().stream()
                        .map(table -> rows && table.name().equals("large")
                                ? new DumpIndex.Table(table.database(), table.name(), table.engine(), table.columns(),
                                        table.select(), table.from(), table.rows(), table.digest(), other.pieces())
                                : table)
                        .toList()));
    }

    /** The frames of the dump with another index. */
    private Path written(String name, DumpIndex index) throws IOException {
        DumpFile dump = DumpFile.open(ByteRanges.of(matrix));
        Path file = folder.resolve(name + ".sql.zst");
        int frames = dump.index().parts().stream().mapToInt(DumpIndex.Part::frame).max().orElseThrow();
        try (OutputStream out = Files.newOutputStream(file)) {
            FrameWriter writer = new FrameWriter(out, null);
            for (int number = 0; number <= frames; number++) {
                try (InputStream sql = dump.sql(dump.frame(number))) {
                    writer.stream(sql::transferTo);
                }
            }
            writer.finish(index);
        }
        return file;
    }

    @Test
    void aComparisonTellsWhatIsNotAsItWas() throws Exception {
        restore(matrix, RestoreChoice.everything()).run(true);
        assertThat(restore(matrix, RestoreChoice.everything()).compare().different()).isEmpty();
        target.executeIn("again", "DROP TABLE sales.large", "DELETE FROM sales.parts WHERE id = 1",
                "UPDATE floats SET f8 = f8 * 1.0000000000000002 WHERE id = 200",
                "SELECT lo_put(77, 1000, '\\x01')");

        assertThat(restore(matrix, RestoreChoice.everything()).compare().different()).satisfiesExactly(
                one -> assertThat(one).startsWith("pg_catalog.pg_largeobject: 4 rows as dumped"),
                two -> assertThat(two).startsWith("public.floats: 509 rows as dumped, but with other values"),
                three -> assertThat(three).isEqualTo("sales.large: it is not there"),
                four -> assertThat(four).matches("sales.parts_[12]: \\d+ rows in place of \\d+"));
    }

    /** Each of a thousand changes of one value is found. */
    @Test
    void everyChangeOfAValueIsFound() throws Exception {
        restore(matrix, RestoreChoice.everything()).run(true);
        try (PgSession session = PgComparison.open(PgDumps.settings(target, "again"))) {
            new PgMutations(session, DumpFile.open(ByteRanges.of(matrix)).index().tables())
                    .thousand(table -> PgComparison.difference(session, table));
        }
    }

    private void assertSame(String database) throws SQLException {
        assertThat(exact(target, "again").differencesFrom(exact(original, database))).isEmpty();
    }

    static DatabaseSnapshot exact(Postgres server, String database) throws SQLException {
        try (Connection connection = server.connect(database)) {
            return PgExact.of(connection);
        }
    }

    /** As pg_dump says it. */
    private static String schema(Postgres server, String database) {
        return schema(server, database, server);
    }

    /** @param teller whose pg_dump says it */
    static String schema(Postgres server, String database, Postgres teller) {
        return Command.of(teller.binary("pg_dump").toString(), "--schema-only", "--host="
                + server.host(), "--port=" + server.port(), "--username=" + server.user(), database).run()
                .replaceAll("(?m)^(\\\\(un)?restrict |-- Dumped |.*_onedump_restore).*$", "");
    }

    private String text(String sql) throws SQLException {
        return text(target, "again", sql);
    }

    private static String text(Postgres server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database); var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
