package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;

import io.onedump.dump.format.ByteRanges;
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
class PostgresNativeIT {

    private Postgres original;
    private Postgres restored;

    @TempDir
    private Path folder;
    private DumpRoute route;
    private int count;

    @BeforeAll
    void start() {
        original = Postgres.start();
        restored = Postgres.start();
        original.loadShop();
        original.execute("CREATE DATABASE matrix");
        original.executeIn("matrix", PgMatrix.statements().toArray(String[]::new));
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

    private Path dump(String database, String options) throws Exception {
        Path stored = folder.resolve("stored-" + count++);
        route.run("dump:postgres-native?username=postgres&dsn=" + dsn(database)
                + (options.isEmpty() ? "" : "&" + options), "storage:file:" + stored);
        try (Stream<Path> files = Files.list(stored)) {
            return files.filter(file -> file.toString().endsWith(".sql.zst")).findFirst().orElseThrow();
        }
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
