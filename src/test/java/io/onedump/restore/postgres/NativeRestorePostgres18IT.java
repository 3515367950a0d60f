package io.onedump.restore.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.Threads;
import io.onedump.database.postgres.PgSession;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.postgres.PgDumps;
import io.onedump.dump.postgres.PgMatrix;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.servers.Command;
import io.onedump.servers.Postgres;
import io.onedump.servers.PostgresBuild;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same on PostgreSQL 18, with what only that has, and dumps of the installed release that come into it. */
@Tag("servers")
class NativeRestorePostgres18IT extends NativeRestorePostgresContract {

    @Override
    Postgres start() {
        return Postgres.start(PostgresBuild.postgres18());
    }

    @Override
    List<String> own() {
        return PgMatrix.ownOf18();
    }

    /** A table takes them before it has those constraints. */
    @Test
    void rowsThatBreakConstraintsThatWereNeverProvedComeBack(@TempDir Path folder) throws Exception {
        try (Postgres server = start()) {
            server.execute("CREATE DATABASE broken", "CREATE DATABASE restored", "CREATE DATABASE piped");
            server.executeIn("broken", "CREATE TABLE t (id int PRIMARY KEY, v int, w int)",
                    "INSERT INTO t VALUES (1, NULL, 7), (2, 3, 1)",
                    "ALTER TABLE t ADD CONSTRAINT v_there NOT NULL v NOT VALID, ADD CHECK (v > 5) NOT VALID,"
                            + " ADD FOREIGN KEY (w) REFERENCES t NOT VALID",
                    "COMMENT ON CONSTRAINT v_there ON t IS 'later'");
            Path dump = PgDumps.dump(server, "broken", folder.resolve("broken.sql.zst"), 2);

            DumpFile file = DumpFile.open(ByteRanges.of(dump));
            assertThat(new PostgresRestore(Threads.daemons(), file, RestoreChoice.everything(),
                    PgDumps.settings(server, "restored"), 3, RestoreListener.NONE).run(true).different()).isEmpty();
            assertThat(exact(server, "restored").differencesFrom(exact(server, "broken"))).isEmpty();
            assertThat(schema(server, "restored", server)).isEqualTo(schema(server, "broken", server));
            pipe(dump, server);
            assertThat(exact(server, "piped").differencesFrom(exact(server, "broken"))).isEmpty();
        }
    }

    /** As everybody would: {@code zstd -dc | psql}. */
    private static void pipe(Path dump, Postgres server) {
        Path sql = dump.resolveSibling("piped.sql");
        Command.of("zstd", "-dq", dump.toString(), "-o", sql.toString()).run();
        server.restore(sql, "piped");
    }

    @Test
    void aDumpOfAnOlderReleaseComesIntoIt(@TempDir Path folder) throws Exception {
        try (Postgres older = Postgres.start(); Postgres newer = start()) {
            older.execute("CREATE DATABASE matrix");
            older.executeIn("matrix", Stream.concat(PgMatrix.statements().stream(), PgMatrix.sales().stream())
                    .toArray(String[]::new));
            newer.execute("CREATE ROLE clerk", "CREATE DATABASE restored", "CREATE DATABASE piped");
            Path dump = PgDumps.dump(older, "matrix", folder.resolve("matrix.sql.zst"), 2);

            DumpFile file = DumpFile.open(ByteRanges.of(dump));
            assertThat(new PostgresRestore(Threads.daemons(), file, RestoreChoice.everything(),
                    PgDumps.settings(newer, "restored"), 3, RestoreListener.NONE).run(true).different()).isEmpty();
            assertThat(exact(newer, "restored").differencesFrom(exact(older, "matrix"))).isEmpty();
            assertThat(schema(newer, "restored", newer)).isEqualTo(schema(older, "matrix", newer));
            try (PgSession session = PgComparison.open(PgDumps.settings(newer, "restored"))) {
                new PgMutations(session, file.index().tables())
                        .thousand(table -> PgComparison.difference(session, table));
            }

            pipe(dump, newer);
            assertThat(exact(newer, "piped").differencesFrom(exact(older, "matrix"))).isEmpty();
            assertThat(schema(newer, "piped", newer)).isEqualTo(schema(older, "matrix", newer));
        }
    }
}
