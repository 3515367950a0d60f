package io.onedump.restore.mysql;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.Threads;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.mysql.NativeDump;
import io.onedump.dump.mysql.Selection;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.restore.choice.RestoreResult;
import io.onedump.scale.ScaleAxis;
import io.onedump.servers.MariaDb;

/** Native dumps of MariaDB and what restores them, with the comparison; the server counts the statements. */
public enum NativeDumpAxis implements ScaleAxis {

    DUMPED_TABLES("dump: tables of a native dump", true, false),
    DUMPED_ROWS("dump: MB of rows, in chunks and frames", false, false),
    RESTORED_TABLES("restore: tables of a native dump", true, true),
    RESTORED_ROWS("restore: MB of rows, in frames", false, true);

    private static final int ROW = 1000;

    private final String what;
    private final boolean tables;
    private final boolean restored;

    NativeDumpAxis(String what, boolean tables, boolean restored) {
        this.what = what;
        this.tables = tables;
        this.restored = restored;
    }

    @Override
    public String what() {
        return what;
    }

    @Override
    public List<Integer> sizes() {
        return tables ? List.of(30, 300, 3000) : List.of(8, 80, 800);
    }

    @Override
    public Cost run(int size, Path folder) throws Exception {
        try (MariaDb server = MariaDb.start("--skip-log-bin", "--innodb-flush-log-at-trx-commit=0")) {
            server.execute("CREATE DATABASE many", "CREATE DATABASE back");
            fill(server, size);
            Path dump = folder.resolve("many.sql.zst");
            if (restored) {
                dump(server, dump);
            }
            long before = statements(server);
            long nanos = ScaleAxis.processorNanos(() -> {
                if (restored) {
                    restore(server, dump);
                } else {
                    dump(server, dump);
                }
            });
            return new Cost(nanos, statements(server) - before, Files.size(dump));
        }
    }

    private void fill(MariaDb server, int size) throws SQLException {
        String columns = " (id int PRIMARY KEY, pad varchar(2000) NOT NULL, KEY pad (pad(20)))";
        try (Connection connection = server.connect("many"); Statement statement = connection.createStatement()) {
            for (int i = 0; i < (tables ? size : 1); i++) {
                statement.execute("CREATE TABLE t" + i + columns);
                statement.execute(
                        "INSERT INTO t" + i + " SELECT seq, RPAD(SHA2(seq, 512), " + ROW + ", 'x') FROM seq_1_to_"
                                + (tables ? 1 : size * 1_000_000 / ROW));
            }
            if (!tables) {
                statement.execute("ANALYZE TABLE t0");
            }
        }
    }

    private static long statements(MariaDb server) throws SQLException {
        try (Connection connection = server.connect(""); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Questions'")) {
            row.next();
            return row.getLong(2);
        }
    }

    private static MySqlSettings settings(MariaDb server) {
        return MySqlSettings.of(server.host(), server.port(), server.user(), "");
    }

    private static void dump(MariaDb server, Path file) throws IOException {
        Selection selection = new Selection("many", List.of(), List.of(), Map.of(), true, true, false);
        try (OutputStream out = Files.newOutputStream(file); NativeDump dump = new NativeDump(Threads.daemons(),
                settings(server), selection, 2, null, "onedump test", what -> {
                })) {
            dump.writeTo(out);
        }
    }

    private static void restore(MariaDb server, Path file) throws IOException {
        RestoreResult result = new NativeRestore(Threads.daemons(), DumpFile.open(ByteRanges.of(file)),
                RestoreChoice.everything(), settings(server), "back", 2, RestoreListener.NONE).run(true);
        if (!result.different().isEmpty()) {
            throw new IOException(result.different().toString());
        }
    }
}
