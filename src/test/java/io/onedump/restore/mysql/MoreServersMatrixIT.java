package io.onedump.restore.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.Threads;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.dump.NativeMatrix;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.mysql.Exact;
import io.onedump.dump.mysql.NativeDump;
import io.onedump.dump.mysql.Selection;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.restore.choice.RestoreResult;
import io.onedump.servers.DatabaseSnapshot;
import io.onedump.servers.MariaDb;
import io.onedump.servers.MySql;
import io.onedump.servers.ServerBuild;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every type and its extreme values, dumped and restored on the releases that the profile {@code servers} brings, and a
 * thousand changes of one value found.
 */
@Tag("servers")
class MoreServersMatrixIT {

    @Nested
    class MySql57 extends RoundTrip {

        @Override
        SqlServer start() {
            return MySql.start(ServerBuild.mysql57());
        }
    }

    @Nested
    class MySql8033 extends RoundTrip {

        @Override
        SqlServer start() {
            return MySql.start(ServerBuild.mysql8033());
        }

        @Override
        List<String> own() {
            return NativeMatrix.ownOfMySql8();
        }
    }

    @Nested
    class MySql97 extends RoundTrip {

        @Override
        SqlServer start() {
            return MySql.start(ServerBuild.mysql97());
        }

        @Override
        List<String> own() {
            return Stream.concat(NativeMatrix.ownOfMySql8().stream(), Stream.of(
                    "CREATE TABLE vectors (id int PRIMARY KEY, v vector(3), w vector(4))",
                    "INSERT INTO vectors VALUES (1, STRING_TO_VECTOR('[1, -0.5, 3.4028235e38]'), x'" + "7F".repeat(16)
                            + "'), (2, NULL, x'0000803F000000000000000027005C0A')"))
                    .toList();
        }
    }

    @Nested
    class MariaDb118 extends RoundTrip {

        @Override
        SqlServer start() {
            return MariaDb.start(ServerBuild.mariadb118());
        }

        @Override
        boolean mySql() {
            return false;
        }

        @Override
        List<String> own() {
            return Stream.concat(NativeMatrix.ownOfMariaDb().stream(), Stream.of(
                    "CREATE TABLE vectors (id int PRIMARY KEY, v vector(3) NOT NULL, VECTOR INDEX (v))",
                    "INSERT INTO vectors VALUES (1, VEC_FromText('[1, -0.5, 3.4028235e38]')),"
                            + " (2, x'0000803F27005C0A00000000')"))
                    .toList();
        }
    }

    @Timeout(600)
    abstract static class RoundTrip {

        @TempDir
        Path folder;

        abstract SqlServer start();

        boolean mySql() {
            return true;
        }

        /** Statements for types that only this release has. */
        List<String> own() {
            return List.of();
        }

        @Test
        void everyValueComesBackAndEveryChangeIsFound() throws Exception {
            try (SqlServer original = start(); SqlServer target = start()) {
                original.execute("CREATE DATABASE matrix CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
                original.executeIn("matrix", Stream.of(List.of("SET sql_mode = ''", "SET time_zone = '+00:00'"),
                        NativeMatrix.statements(mySql()), own()).flatMap(List::stream).toArray(String[]::new));
                DumpFile dump = dump(original);
                RestoreResult result = restore(dump, target).run(true);

                assertThat(result.different()).isEmpty();
                assertThat(exact(target)).isEqualTo(exact(original));
                assertThat(plain(target).differencesFrom(plain(original))).isEmpty();
                assertThatEveryChangeIsFound(dump, target);
            }
        }

        /** Without what depends on how a column was made. */
        private static DatabaseSnapshot plain(SqlServer server) throws SQLException {
            return new DatabaseSnapshot(server.snapshot("matrix").lines().stream()
                    .map(line -> line.replaceAll(" CHARACTER SET (\\w+) COLLATE \\1_", " COLLATE $1_")).toList());
        }

        private DumpFile dump(SqlServer server) throws IOException {
            Path file = folder.resolve("matrix.sql.zst");
            Selection selection = new Selection(null, List.of(), List.of(), Map.of(), true, true, true);
            try (NativeDump dump = new NativeDump(Threads.daemons(), settings(server), selection, 2, null, "test",
                    what -> {
                    }); OutputStream out = Files.newOutputStream(file)) {
                dump.writeTo(out);
            }
            return DumpFile.open(ByteRanges.of(file));
        }

        private static RestoreChoice matrix() {
            return new RestoreChoice(List.of("matrix"), List.of(), true, true, null, null, false);
        }

        private static NativeRestore restore(DumpFile dump, SqlServer target) throws IOException {
            return new NativeRestore(Threads.daemons(), dump, matrix(), settings(target), null, 2,
                    RestoreListener.NONE).deferringFrom(1);
        }

        private static void assertThatEveryChangeIsFound(DumpFile dump, SqlServer target) throws IOException {
            NativePlan plan = new NativePlan(dump, matrix(), null);
            Comparison comparison = new Comparison(Threads.daemons(), settings(target), plan, 1, RestoreListener.NONE);
            try (MySqlSession session = MySqlSession.connect(settings(target))) {
                Comparison.setUp(session);
                new Mutations(session, plan.tables(), "matrix")
                        .thousand(table -> comparison.difference(session, table));
            }
        }

        private static MySqlSettings settings(SqlServer server) {
            return MySqlSettings.of(server.host(), server.port(), server.user(), "");
        }

        private static List<String> exact(SqlServer server) throws Exception {
            try (Connection connection = server.connect("matrix")) {
                return new ArrayList<>(Exact.text(connection, "matrix"));
            }
        }
    }
}
