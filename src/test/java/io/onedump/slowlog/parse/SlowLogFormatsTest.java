package io.onedump.slowlog.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.onedump.artifact.Compression;
import io.onedump.slowlog.Damage;
import io.onedump.slowlog.Samples;
import io.onedump.slowlog.log.LogInput;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes of headers and statements beyond those of the samples. */
class SlowLogFormatsTest {

    private static final String HEADER = """
            # Time: 2026-11-23T03:53:13.675091Z
            # User@Host: root[root] @ localhost []  Id:    10
            # Query_time: 1.500000  Lock_time: 0.000001 Rows_sent: 1  Rows_examined: 2
            SET timestamp=1795405993;
            """;

    private static List<String> statements(String log) throws IOException {
        return Samples.events(log).stream().map(e -> e.getString("query")).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", emptyValue = "", value = {
            "root[root] @ localhost []              | root        | root      | localhost | ''          | null",
            "root[root] @ localhost []  Id:    10   | root        | root      | localhost | ''          | 10",
            "app[app] @ db1.example [10.0.0.1]      | app         | app       | db1.example | 10.0.0.1  | null",
            "app[app] @  [10.0.0.1]  Id: 4294967296 | app         | app       | ''        | 10.0.0.1    | 4294967296",
            "app[app] @  [fe80::1%eth0]             | app         | app       | ''        | fe80::1%eth0 | null",
            "[nobody] @ localhost []                | ''          | nobody    | localhost | ''          | null",
            "[SQL_SLAVE] @  []                      | ''          | SQL_SLAVE | ''        | ''          | null",
            "[] @  []  Id:    12                    | ''          | ''        | ''        | ''          | 12",
            "we ird[1][we ird[1]] @ localhost []    | we ird[1]   | we ird[1] | localhost | ''          | null",
            "a@b.c[a@b.c] @ localhost []            | a@b.c       | a@b.c     | localhost | ''          | null",
            "a @ b[a @ b] @ localhost []            | a @ b       | a @ b     | localhost | ''          | null",
            "admin[jdoe] @ localhost []             | admin       | jdoe      | localhost | ''          | null",
    })
    void readsEveryFormOfUserAndHost(String line, String privUser, String user, String host, String ip, Long id)
            throws IOException {
        JsonObject event = Samples.events(HEADER.replace("root[root] @ localhost []  Id:    10", line.strip())
                + "SELECT 1;\n").get(0);
        assertThat(event.getString("priv_user")).isEqualTo(privUser);
        assertThat(event.getString("user")).isEqualTo(user);
        assertThat(event.getString("host")).isEqualTo(host);
        assertThat(event.getString("ip")).isEqualTo(ip);
        assertThat(event.getLong("thread_id")).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", value = {
            "2026-11-23T03:53:13.675091Z      | 2026-11-23T03:53:13.675091Z      | 1795405993675091",
            "2026-11-23T09:23:13.675091+05:30 | 2026-11-23T09:23:13.675091+05:30 | 1795405993675091",
            "2026-11-22T22:53:13.675091-05:00 | 2026-11-22T22:53:13.675091-05:00 | 1795405993675091",
            "261123  3:53:13                  | 2026-11-23T03:53:13              | null",
            "070101  1:02:03                  | 2007-01-01T01:02:03              | null",
            "991231 23:59:59                  | 1999-12-31T23:59:59              | null",
            "261323  3:53:13                  | null                             | null",
            "2026-02-30T03:53:13.675091Z      | null                             | null",
            "                                 | null                             | null",
            "something else                   | null                             | null",
    })
    void readsEveryFormOfTime(String value, String iso, Long micros) throws IOException {
        String text = value == null ? "" : value.strip();
        JsonObject event = Samples.events(HEADER.replace("2026-11-23T03:53:13.675091Z", text) + "SELECT 1;\n").get(0);
        assertThat(event.getString("ts")).isEqualTo(iso == null ? null : iso.strip());
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.US_ASCII);
        LogTime time = new LogTime();
        if (micros != null) {
            assertThat(time.parse(bytes, 0, bytes.length - 1)).isTrue();
            assertThat(time.micros).isEqualTo(micros);
        }
    }

    @Test
    void keepsStatementsThatLookLikeWhatTheServerWrites() throws IOException {
        assertThat(statements(HEADER + "SET timestamp=5;\n" + HEADER + "use shop;\n" + HEADER + "# comment\nSELECT 1;\n"
                + HEADER + "-- c\nSELECT 2;\n" + HEADER + ";\n" + HEADER + "SET NAMES utf8;\n"
                + HEADER + "throttle:          4 'index not used' warning(s) suppressed.;\n"))
                .containsExactly("SET timestamp=5", "use shop", "# comment\nSELECT 1", "-- c\nSELECT 2", "",
                        "SET NAMES utf8", "throttle:          4 'index not used' warning(s) suppressed.");
    }

    @Test
    void keepsSeveralStatementsOfOneEventTogether() throws IOException {
        assertThat(statements(HEADER + "SELECT 1;\nSELECT 2;\nSELECT 3;\n" + HEADER + "SELECT 4;\n"))
                .containsExactly("SELECT 1;\nSELECT 2;\nSELECT 3", "SELECT 4");
    }

    @Test
    void takesNoHeaderFromALiteral() throws IOException {
        String forged = "INSERT INTO t VALUES ('a;\n" + HEADER + "SELECT 1;\n', \"\n\n# Time:"
                + " 2020-01-01T00:00:00Z\n\");\n";
        String banner = "SELECT 'x;\n/usr/sbin/mysqld, Version: 8.0.33 (MySQL). started with:\nTcp port: 3306  Unix"
                + " socket: x\n"
                + "Time                 Id Command    Argument\n';\n";
        String comment = "SELECT 1\n# Time: 2020-01-01T00:00:00Z\n# User@Host: a[a] @ b []\n+ 1;\n";
        assertThat(statements(HEADER + forged + HEADER + banner + HEADER + comment + HEADER + "SELECT 'last';\n"))
                .containsExactly(forged.substring(0, forged.length() - 2), banner.substring(0, banner.length() - 2),
                        comment.substring(0, comment.length() - 2), "SELECT 'last'");
    }

    @Test
    void goesOnAfterAStatementThatWasCutInsideALiteral() throws IOException {
        assertThat(statements(HEADER + "SELECT 'never closed;\n" + HEADER + "SELECT 'next';\n" + HEADER + "SELECT"
                + " 3;\n"))
                .containsExactly("SELECT 'never closed", "SELECT 'next'", "SELECT 3");
    }

    @Test
    void carriesTheDatabaseToEveryConnectionUntilTheServerStarts() throws IOException {
        String banner = "/usr/sbin/mariadbd, Version: 11.4.5-MariaDB (MariaDB Server). started with:\n"
                + "Tcp port: 3306  Unix socket: /run/mysqld/mysqld.sock\nTime\t\t    Id Command\tArgument\n";
        assertThat(Samples.events(HEADER.replace("SET", "use my-db;\nSET") + "SELECT 1;\n"
                + HEADER.replace("Id:    10", "Id: 11") + "SELECT 2;\n" + banner + HEADER + "SELECT 3;\n"
                + HEADER.replace("SET", "use `we ird`;\nSET") + "SELECT 4;\n"))
                .extracting(e -> e.get("db")).containsExactly("my-db", "my-db", null, "we ird");
    }

    @Test
    void readsTheDatabaseThatPerconaAndMariaDbNameOnEveryEvent() throws IOException {
        String event = "# User@Host: a[a] @ b []\n# Thread_id: 3  Schema: %s  QC_hit: No\n"
                + "# Query_time: 1  Lock_time: 0  Rows_sent: 0  Rows_examined: 0\nSELECT 1;\n";
        assertThat(Samples.events(event.formatted("shop") + event.formatted("we ird") + event.formatted("")))
                .extracting(e -> e.get("db")).containsExactly("shop", "we ird", null);
    }

    @Test
    void readsEveryMetricOfPerconaServer() throws IOException {
        Map<String, Object> metrics = Samples.events(Damage.logs().get("percona 5.5")).get(0).getMap("metrics");
        assertThat(metrics).containsEntry("Full_scan", true).containsEntry("QC_Hit", false)
                .containsEntry("InnoDB_trx_id", "1A2B")
                .containsKeys("InnoDB_IO_r_wait", "InnoDB_pages_distinct", "Killed");
    }

    @Test
    void reportsNumbersThatAreNoneAsUnknown() throws IOException {
        JsonObject event = Samples.events(HEADER.replace("1.500000", "18446744073708.796870.000036") + "SELECT"
                + " 1;\n").get(0);
        assertThat(event.get("query_time")).isNull();
        assertThat(event.get("rows_examined").toString()).isEqualTo("2");
    }

    @Test
    void skipsWhatComesBeforeTheFirstHeader() throws IOException {
        assertThat(statements("AND b = 'x'\nLIMIT 5;\n" + HEADER + "SELECT 1;\n")).containsExactly("SELECT 1");
    }

    @Test
    void keepsEveryByteOfAStatement() throws IOException {
        byte[] header = HEADER.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        log.write(header);
        for (int b = 1; b < 256; b++) {
            log.write(b == '\n' || b == ';' || b == '\r' ? 'x' : b);
        }
        log.write(";\n".getBytes(StandardCharsets.US_ASCII));
        String text = Samples.events(log.toByteArray()).get(0).getString("query");
        assertThat(text).hasSize(255);
        assertThat(text.charAt(254)).isEqualTo('\u00ff');
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void unpacksLogsByTheirFirstBytes(Compression compression) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = compression.compress(packed, null)) {
            out.write((HEADER + "SELECT 1;\n").getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(Samples.events(LogInput.stream("log", () -> new ByteArrayInputStream(packed.toByteArray()))))
                .singleElement().extracting(e -> e.get("offset").toString()).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1 << 20, 3 << 20})
    void readsStatementsOfAnyLength(int length) throws IOException {
        assertThat(statements(HEADER + "SELECT '" + "x".repeat(length) + "';\n" + HEADER + "SELECT 2;\n"))
                .extracting(String::length).containsExactly(length + 9, 8);
    }

    @Test
    void takesNoHeaderFromAComment() throws IOException {
        String forged = "SELECT /* a;\n" + HEADER + "SELECT 'forged';\n */ 1;\n";
        assertThat(statements(HEADER + forged + HEADER + "SELECT 2 */*c*/3;\n"))
                .containsExactly(forged.substring(0, forged.length() - 2), "SELECT 2 */*c*/3");
    }

    @Test
    void keepsAStatementThatIsNothingButACommentLikeAHeader() throws IOException {
        assertThat(statements(HEADER + "# Time: what?;\n" + HEADER + "# User@Host: whose?;\n" + HEADER
                + "# Query_time: 3;\n" + HEADER + "# Time: none\nSELECT 1;\n"))
                .containsExactly("# Time: what?", "# User@Host: whose?", "# Query_time: 3", "# Time: none\nSELECT 1");
    }

    @Test
    void readsTheWarningsOfMariaDb() throws IOException {
        String event = """
                # User@Host: root[root] @ localhost []
                # Thread_id: 8  Schema: shop  QC_hit: No
                # Query_time: 0.000094  Lock_time: 0.000062  Rows_sent: 0  Rows_examined: 0
                # Rows_affected: 0  Bytes_sent: 79
                #
                # explain: id	select_type	table
                # explain: 1	INSERT	t
                #
                # Warnings
                # Note 1051 Unknown table 'shop.none'
                # Warning 1292 Truncated incorrect INTEGER value: 'two
                lines'
                use `shop`;
                SET timestamp=1795426581;
                SELECT 1;
                """;
        JsonObject read = Samples.events(event).get(0);
        assertThat(read.getString("query")).isEqualTo("SELECT 1");
        assertThat(read.getLong("set_timestamp")).isEqualTo(1795426581L);
        Map<String, Object> metrics = read.getMap("metrics");
        assertThat(metrics).containsEntry("warnings", List.of(
                "Note 1051 Unknown table 'shop.none'", "Warning 1292 Truncated incorrect INTEGER value:"
                        + " 'two",
                "lines'"))
                .containsEntry("explain", List.of("id\tselect_type\ttable", "1\tINSERT\tt"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "# Stored_routine: `my db`.`a p`  | Stored_routine | `my db`.`a p`",
            "# Stored routine: shop.report    | Stored routine | shop.report",
    })
    void readsTheRoutineThatAStatementIsOf(String line, String name, String routine) throws IOException {
        String log = HEADER.replace("SET", line + "\nSET") + "SELECT 1;\n";
        Map<String, Object> metrics = Samples.events(log).get(0).getMap("metrics");
        assertThat(metrics).containsEntry(name, routine);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "# Schema: Thread_id: 5 x  Last_errno: 0      | Thread_id: 5 x",
            "# Thread_id: 47   Schema: shop               | shop",
            "# Thread_id: 47 Schema: shop QC_hit: No      | shop",
    })
    void readsDatabasesWithBlanksAndColons(String line, String database) throws IOException {
        assertThat(Samples.events(HEADER.replace("# Query_time", line.strip() + "\n# Query_time") + "SELECT"
                + " 1;\n").get(0)
                .getString("db")).isEqualTo(database);
    }

    @Test
    void readsADatabaseWithABacktickInItsName() throws IOException {
        assertThat(Samples.events(HEADER.replace("SET", "use `ti``ck`;\nSET") + "SELECT 1;\n").get(0).getString("db"))
                .isEqualTo("ti`ck");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "SET timestamp=1192484637;                                             | 1192484637",
            "SET last_insert_id=251077,insert_id=5628,timestamp=1192484637;        | 1192484637",
            "SET last_insert_id=18446744073709551615,timestamp=1192484637;         | 1192484637",
            "SET insert_id=5628,timestamp=1192484637;                              | 1192484637",
            "SET timestamp=1192484637.250000;                                      | 1192484637.25",
    })
    void readsEveryFormOfSetTimestamp(String line, String seconds) throws IOException {
        JsonObject event = Samples.events(HEADER.replace("SET timestamp=1795405993;", line.strip()) + "SELECT"
                + " 1;\n").get(0);
        assertThat(event.get("set_timestamp").toString()).isEqualTo(seconds);
        assertThat(event.getString("query")).isEqualTo("SELECT 1");
    }
}
