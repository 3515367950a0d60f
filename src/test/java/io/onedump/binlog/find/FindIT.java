package io.onedump.binlog.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.onedump.artifact.Threads;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.ArchiveSettings;
import io.onedump.binlog.archive.Archiver;
import io.onedump.binlog.archive.FolderStore;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.servers.MariaDb;
import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person finds in the archive of a real server. */
class FindIT {

    private static final String[] WIDE = {"CREATE TABLE shop.wide (id INT PRIMARY KEY, a TINYINT, b SMALLINT, c"
            + " MEDIUMINT, d BIGINT, e FLOAT, f DOUBLE, g DECIMAL(30,7), h DECIMAL(5,5), i BIT(13), j DATE, k TIME(3),"
            + " l DATETIME(6), m TIMESTAMP(1) NULL, n YEAR, o CHAR(10), p CHAR(255) CHARACTER SET utf8mb4, q"
            + " VARCHAR(40), r VARCHAR(4000), s TINYBLOB, t BLOB, u MEDIUMTEXT, v LONGBLOB, w ENUM('x','y'), x"
            + " SET('x','y','z'), y JSON, z POINT, ab VARBINARY(300), ac BINARY(7))",
            "INSERT INTO shop.wide VALUES (1, 1, 2, 3, 4, 1.5, 2.5, 12345678901234.5, 0.12345, b'1010', '2026-01-01',"
                    + " '10:11:12.123', '2026-01-01 10:11:12.123456', '2026-01-01 10:11:12.1', 2026, 'char', 'chär',"
                    + " 'var', REPEAT('r', 3000), 't', REPEAT('b', 500), REPEAT('m', 70000), 'long', 'y', 'x,z',"
                    + " '{\"a\": [1, 2]}', POINT(1, 2), REPEAT('v', 290), 'bin'), (2, NULL, NULL, NULL, NULL, NULL,"
                    + " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
                    + " NULL, NULL, NULL, NULL, NULL, NULL, NULL), (3, 1, 2, 3, 4, 1.5, 2.5, -1.5, 0, b'1',"
                    + " '2026-01-01', '10:11:12', '2026-01-01', NULL, 1999, '', '', '', '', '', '', '', '', 'x', '',"
                    + " '[]', POINT(0, 0), '', '')",
            "UPDATE shop.wide SET a = 5, u = 'new' WHERE id > 1", "DELETE FROM shop.wide"};

    @TempDir
    Path folder;

    private FolderStore store;

    static Stream<Arguments> servers() {
        List<Named<Supplier<SqlServer>>> all = List.of(Named.of("MariaDB", () -> MariaDb.start(
                "--binlog-annotate-row-events=ON", "--secure-file-priv=")), Named.of("MySQL",
                        () -> MySql.start("--binlog-rows-query-log-events=ON", "--secure-file-priv=")));
        return all.stream().flatMap(server -> Stream.of("OFF", "ON").map(packed -> Arguments.of(server, packed)));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void saysWhatWasDoneToHowManyRowsAndByWhichStatement(Supplier<SqlServer> start, String packed) throws IOException {
        try (SqlServer server = start.get()) {
            compress(server, packed);
            server.execute("CREATE DATABASE shop", WIDE[0], WIDE[1], WIDE[2], WIDE[3],
                    "CREATE USER someone IDENTIFIED BY 's3cret'");
            List<FoundTransaction> found = find(server, new Search(null, null, "shop.wide", false));

            assertThat(found).extracting(each -> each.transaction().changes().getOrDefault("shop.wide", null))
                    .filteredOn(changes -> changes != null).extracting(Object::toString)
                    .containsExactly("insert 3", "update 2", "delete 3");
            assertThat(found).extracting(FoundTransaction::toString).anyMatch(
                    line -> line.contains("shop.wide (update 2)  UPDATE shop.wide SET a = 5"));
            List<FoundTransaction> ddl = find(server, new Search(null, null, null, true));
            assertThat(ddl).extracting(FoundTransaction::toString).anyMatch(line -> line.contains("CREATE USER"))
                    .noneMatch(line -> line.contains("s3cret"));
            for (FoundTransaction each : found) {
                JsonObject json = Jsoner.deserialize(each.json(), new JsonObject());
                assertThat(json.getString("position")).isEqualTo(each.position());
                assertThat(json.getString("gtid")).isEqualTo(each.transaction().begin().gtid());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void findsTheDropOfADatabaseAndDataThatWasLoaded(Supplier<SqlServer> start, String packed) throws Exception {
        try (SqlServer server = start.get()) {
            compress(server, packed);
            server.execute("CREATE DATABASE shop", "CREATE DATABASE other",
                    "CREATE TABLE shop.item (id INT PRIMARY KEY)");
            try (Connection connection = server.connect("shop"); Statement statement = connection.createStatement()) {
                statement.execute("SET SESSION binlog_format=STATEMENT");
                statement.execute("LOAD DATA INFILE '" + data(server) + "' INTO TABLE item");
            }
            server.execute("DROP DATABASE other", "DROP DATABASE IF EXISTS `shop`");

            List<FoundTransaction> found = find(server, new Search(null, null, "shop.item", true));

            assertThat(find(server, new Search(null, null, "shop.item", false))).extracting(FoundTransaction::toString)
                    .anyMatch(line -> line.contains("LOAD DATA"));
            assertThat(found).last().asString().contains("DROP DATABASE IF EXISTS `shop`");
            assertThat(found).noneMatch(each -> each.toString().contains("DROP DATABASE other"));
        }
    }

    private static Path data(SqlServer server) throws IOException {
        Path data = Files.writeString(server.dataDir().resolve("data.csv"), "1\n2\n3\n");
        return data;
    }

    private static void compress(SqlServer server, String packed) {
        for (String variable : List.of("log_bin_compress", "binlog_transaction_compression")) {
            try {
                server.execute("SET GLOBAL " + variable + "=" + packed);
                if (variable.startsWith("log")) {
                    server.execute("SET GLOBAL log_bin_compress_min_len=10");
                }
            } catch (RuntimeException e) {
                // The other family's.
            }
        }
    }

    private List<FoundTransaction> find(SqlServer server, Search search) throws IOException {
        store = new FolderStore(folder.resolve("store"));
        StreamSettings source = new StreamSettings(MySqlSettings.of(server.host(), server.port(), "root", ""), 4711,
                "11111111-2222-3333-4444-555555555555", Duration.ofSeconds(1), false);
        try (Archiver archiver = new Archiver(Threads.daemons(), ArchiveSettings.of(source, folder.resolve("staging")),
                store, Clock.systemUTC(), new Random(1), stored -> {
                })) {
            assertThat(archiver.sync().errors()).isEmpty();
        }
        List<FoundTransaction> found = new ArrayList<>();
        new BinlogFinder(new Archive(store)).find(1, search, found::add);
        return found;
    }
}
