package io.onedump.slowlog.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.onedump.slowlog.Samples;
import io.onedump.slowlog.digest.LogDigest;
import io.onedump.slowlog.log.LogInput;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What editors, copying, crashes and the many servers make of a log. */
class SlowLogDialectsTest {

    private static final String HEADER = """
            # Time: 2026-11-23T03:53:13.675091Z
            # User@Host: root[root] @ localhost []  Id:    10
            # Query_time: 1.500000  Lock_time: 0.000001 Rows_sent: 1  Rows_examined: 2
            SET timestamp=1795405993;
            """;
    /** MySQL 5.0 and 5.1, in logs without a line between header and statement. */
    private static final String BARE = """
            # Time: 071015 21:43:52
            # User@Host: root[root] @ localhost []
            # Query_time: 2  Lock_time: 0  Rows_sent: 1  Rows_examined: 0
            """;
    private static final String MARK = "\ufeff";

    private static List<String> statements(String log) throws IOException {
        return Samples.events(log).stream().map(e -> e.getString("query")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "", "/usr/sbin/mysqld, Version: 8.0.33 (MySQL Community Server - GPL). started with:\n"
                    + "Tcp port: 3306  Unix socket: /var/lib/mysql/mysql.sock\n"
                    + "Time                 Id Command    Argument\n",
            "C:\\mysql\\bin\\mysqld-nt.exe, Version: 5.0.41-community-nt-log (MySQL Community Edition (GPL)). started"
                    + " with:\r\n"
                    + "TCP Port: 3306, Named Pipe: MySQL\r\nTime                 Id Command    Argument\r\n"})
    void readsALogThatAnEditorPutAByteOrderMarkBefore(String banner) throws IOException {
        String log = MARK + banner + HEADER + "SELECT 1;\n";
        List<JsonObject> events = Samples.events(log + log);
        assertThat(events).extracting(e -> e.getString("query")).containsExactly("SELECT 1", "SELECT 1");
        assertThat(events).extracting(e -> e.getString("ts")).containsOnly("2026-11-23T03:53:13.675091Z");
        assertThat(events.get(0).get("offset").toString())
                .isEqualTo(String.valueOf((MARK + banner).getBytes(StandardCharsets.UTF_8).length));
    }

    @Test
    void readsOnAfterTheZerosThatACrashLeft() throws IOException {
        assertThat(Samples.events("\0\0" + HEADER + "SELECT 1;\n" + "\0".repeat(5000) + HEADER + "SELECT 2;\n"))
                .extracting(e -> e.getString("query") + e.getString("ts"))
                .containsExactly("SELECT 12026-11-23T03:53:13.675091Z", "SELECT 22026-11-23T03:53:13.675091Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n\n", "\n \t\n", "\r\n\r\n", "\r\r\n\r\n"})
    void readsALogWithBlankLinesBetweenAllLines(String newline) throws IOException {
        String log = HEADER.replace("SET", "use shop;\nSET") + "SELECT 1;\n" + HEADER + "SELECT"
                + " 2;\n" + BARE + "SELECT 3;\n";
        List<JsonObject> events = Samples.events(log.replace("\n", newline));
        assertThat(events).extracting(e -> e.getString("query").strip()).containsExactly("SELECT 1", "SELECT"
                + " 2", "SELECT 3");
        assertThat(events).extracting(e -> e.getString("user")).containsOnly("root");
        assertThat(events).extracting(e -> e.getString("db")).containsOnly("shop");
        assertThat(events.get(0).getLong("set_timestamp")).isEqualTo(1795405993L);
    }

    @Test
    void keepsABlankLineThatBeginsAStatement() throws IOException {
        assertThat(statements(BARE + "\nSELECT 1;\n" + HEADER + "\n\nSELECT 2;\n" + BARE + "\n# Note: text\nSELECT"
                + " 3;\n"))
                .containsExactly("\nSELECT 1", "\n\nSELECT 2", "\n# Note: text\nSELECT 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"# Report: daily", "# Owner: the web team", "# 12: a number", "# FIXME", "# See"
            + " http://example.com/a"})
    void keepsACommentThatBeginsAStatementWithoutASetLine(String comment) throws IOException {
        assertThat(statements(BARE + comment + "\nSELECT 1;\n")).containsExactly(comment + "\nSELECT 1");
    }

    @Test
    void takesAHeaderLineOfAnUnknownNameForOneWhenItHoldsMeasures() throws IOException {
        JsonObject event = Samples.events(BARE.replace("# Query_time", "# Client: 10.0.0.1:4711\n# Query_time")
                + "# Pages_of_tomorrow: 12  Cached: Yes\nSELECT 1;\n").get(0);
        Map<String, Object> metrics = event.getMap("metrics");
        assertThat(event.getString("query")).isEqualTo("SELECT 1");
        assertThat(metrics).containsEntry("Client", "10.0.0.1:4711").containsEntry("Cached", true)
                .containsKey("Pages_of_tomorrow");
    }

    @Test
    void takesNoHeaderFromACommentAfterASemicolon() throws IOException {
        String routine = "CREATE PROCEDURE p()\nBEGIN\nSELECT 1;\n# Time: of day\nSELECT 2;\n# User@Host: of whom\n"
                + "SELECT 3;\n# Query_time: none\nEND";
        assertThat(statements(HEADER + routine + ";\n" + HEADER + "SELECT 4;\n")).containsExactly(routine, "SELECT 4");
    }

    private static final String PERCONA_8 = """
            # Time: 2026-11-23T03:53:13.675091Z
            # User@Host: root[root] @ localhost []  Id: 12
            # Schema: shop  Last_errno: 0  Killed: 0
            # Query_time: 1.5  Lock_time: 0.0  Rows_sent: 1  Rows_examined: 10
            # Bytes_sent: 56  Tmp_tables: 0
            # InnoDB_trx_id: 1A
            #   InnoDB_IO_r_ops: 5491  InnoDB_IO_r_bytes: 89964544
            # No InnoDB statistics available for this query
            # Full_scan: Yes  Full_join: No
            # Log_slow_rate_type: query  Log_slow_rate_limit: 10
            use shop;
            SET timestamp=1795405993;
            SELECT 1;
            """;

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "? ", "\t"})
    void readsAHeaderLineThatLostItsHash(String beginning) throws IOException {
        List<String> lines = PERCONA_8.lines().filter(line -> line.startsWith("#")).toList();
        for (String line : lines.subList(1, lines.size())) {
            String damaged = PERCONA_8.replace(line, beginning + line.replaceFirst("# *", ""));
            assertThat(statements(PERCONA_8 + damaged + damaged + PERCONA_8)).as(line)
                    .containsExactly("SELECT 1", "SELECT 1", "SELECT 1", "SELECT 1");
        }
        String all = PERCONA_8.replace("\n# ", "\n" + beginning);
        assertThat(statements(PERCONA_8 + all + all + PERCONA_8)).containsOnly("SELECT 1").hasSize(4);
    }

    @Test
    void readsOnAfterAHeaderLineThatLostItsBeginning() throws IOException {
        for (String line : PERCONA_8.lines().filter(l -> l.matches("# +[A-Z]\\w+: .*")).skip(1).toList()) {
            String damaged = PERCONA_8.replace(line, line.replaceFirst("# +..", ""));
            assertThat(statements(damaged + PERCONA_8)).as(line).containsExactly("SELECT 1", "SELECT 1");
        }
    }

    @Test
    void readsTheValuesOfAHeaderLineThatLostItsHash() throws IOException {
        JsonObject whole = Samples.events(PERCONA_8).get(0);
        JsonObject bare = Samples.events(PERCONA_8.replace("\n# ", "\n")).get(0);
        whole.remove("offset_end");
        bare.remove("offset_end");
        assertThat(bare).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Loop1: LOOP\nSET timestamp=1;", "Note: x\n-- y\nSELECT 1"})
    void takesNoHeaderLineFromAStatement(String statement) throws IOException {
        assertThat(statements(HEADER + statement + ";\n" + HEADER + "SELECT 2;\n"))
                .containsExactly(statement, "SELECT 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"use other", "USE other", "Use  `other`", "uSe\tother", "USE`other`", "use other ;",
            "USE\nother;", "/* hint */ use other", "use other -- there", "use /* x */ other;;"})
    void aLoggedUseHasTheDatabaseThatItNames(String use) throws IOException {
        String shop = HEADER.replace("SET", "use shop;\nSET");
        for (String log : List.of(HEADER + use + ";\n", shop + use + ";\n", BARE + use + ";\n" + BARE + "SELECT 1;\n",
                PERCONA_8.replace("SELECT 1", use))) {
            assertThat(Samples.events(log).get(0).getString("db")).as(log).isEqualTo("other");
        }
        assertThat(Samples.events(shop + use + ";\n" + HEADER + "SELECT 1;\n").get(1).getString("db"))
                .isEqualTo("shop");
    }

    /** The last line of a log that somebody has cut out, or that was cut off. */
    @ParameterizedTest
    @ValueSource(strings = {"use other", "USE other", "Use `other`", "uSe\tother", "use other\n", "USE other\r\n",
            "USE\nother\n"})
    void countsAUseWithoutASemicolonAtTheEndOfALog(String use) throws IOException {
        String shop = HEADER.replace("SET", "use shop;\nSET");
        for (String log : List.of(HEADER + use, shop + use, shop + "SELECT 1;\n" + HEADER + use, BARE + use,
                BARE + "SELECT 1;\n" + BARE + use)) {
            JsonObject event = Samples.events(log).get(log.contains("SELECT") ? 1 : 0);
            assertThat(event.getString("query")).isEqualTo(use.strip());
            assertThat(event.getString("db")).isEqualTo("other");
        }
    }

    @Test
    void takesNoServersOwnUseThatWasCutOffForAStatement() throws IOException {
        assertThat(statements(HEADER + "SELECT 1;\n" + HEADER.substring(0, HEADER.indexOf("SET")) + "use oth"))
                .containsExactly("SELECT 1");
        assertThat(statements(HEADER + "SELECT 1;\n" + HEADER.substring(0, HEADER.indexOf("SET")) + "USE other"))
                .containsExactly("SELECT 1", "USE other");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"use `a``b` | a`b", "use we-ird | we-ird", "use `a;b` | a;b",
            "use caf\u00e9 | caf\u00e9", "use `1 2` | 1 2"})
    void readsEveryNameInALoggedUse(String use, String database) throws IOException {
        assertThat(Samples.events(HEADER + use + ";\n" + HEADER + "SELECT 1;\n").get(0).getString("db"))
                .isEqualTo(database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"used", "use 'other'", "use", "use `other", "use other, third", "users", "use @a",
            "# administrator command: use other"})
    void takesNoDatabaseFromWhatIsNoUse(String statement) throws IOException {
        assertThat(Samples.events(HEADER.replace("SET", "use shop;\nSET") + statement + ";\n").get(0).getString("db"))
                .isEqualTo("shop");
    }

    @Test
    void goesOnAfterStringsThatEndWithABackslash() throws IOException {
        List<String> statements = List.of("SELECT 'C:\\'", "SELECT 'D:\\', \"it's\\\"", "SELECT 'E:\\' /* ;"
                + " */", "SELECT 1");
        StringBuilder log = new StringBuilder();
        statements.forEach(s -> log.append(HEADER).append(s).append(";\n"));
        assertThat(statements(log.toString())).containsExactlyElementsOf(statements);
    }

    @Test
    void skipsAHeaderThatTheServerDidNotGetToEnd() throws IOException {
        assertThat(statements("# Time: 2026-11-23T03:53:12.000000Z\n"
                + "/usr/sbin/mysqld, Version: 8.0.33 (MySQL). started with:\nTcp port: 3306  Unix socket: x\n"
                + "Time                 Id Command    Argument\n" + HEADER + "SELECT 1;\n"))
                .containsExactly("SELECT 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "# Thread_id: 8  Schema: shop  QC_hit: No                             | QC_hit, false",
            "# Thread_id: 8  Schema: shop  Last_errno: 1146  Killed: 0            | Last_errno, 1146",
            "# Rows_affected: 4  Bytes_sent: 79                                   | Bytes_sent, 79",
            "# Log_slow_rate_type: query  Log_slow_rate_limit: 10                 | Log_slow_rate_type, query",
            "# Profile_starting: 0.000090 Profile_starting_cpu: 0.000089          | Profile_starting, 0.000090",
            "# Pages_read_time: 0.0420  Engine_time: 0.0519                       | Engine_time, 0.0519",
            "#   InnoDB_IO_r_ops: 415  InnoDB_IO_r_bytes: 6799360                 | InnoDB_IO_r_ops, 415",
            "# InnoDB_trx_id: 90E34CF                                             | InnoDB_trx_id, 90E34CF",
            "# Stored_routine: shop.report                                        | Stored_routine, shop.report",
    })
    void readsTheHeaderLinesOfEveryServer(String line, String metric) throws IOException {
        for (String header : List.of(BARE, HEADER)) {
            String log = header.replaceFirst("(# Query_time.*\n)", "$1" + line + "\n") + "SELECT 1;\n";
            JsonObject event = Samples.events(log).get(0);
            Map<String, Object> metrics = event.getMap("metrics");
            assertThat(event.getString("query")).isEqualTo("SELECT 1");
            assertThat(metrics.get(metric.split(", ")[0]).toString()).isEqualTo(metric.split(", ")[1]);
        }
    }

    @Test
    void countsNoValueAsMalformedThatAServerWrites() throws Exception {
        String routine = "# Stored_routine: `my db`.`a p`\n# Stored routine: shop.p\n# No InnoDB statistics"
                + " available for this query\n";
        byte[] log = (BARE + routine + "SELECT 1;\n" + HEADER.replace("SET", routine + "SET") + "SELECT 2;\n")
                .getBytes(StandardCharsets.UTF_8);
        LogDigest digest = Samples.digester(1)
                .digest(List.of(LogInput.stream("log", () -> new ByteArrayInputStream(log))));
        assertThat(digest.health().events()).isEqualTo(2);
        assertThat(digest.health().malformedValues()).isZero();
        assertThat(digest.health().skippedBytes()).isZero();
    }

    @Test
    void readsOnAfterAHeaderLineThatLostItsNewline() throws IOException {
        assertThat(statements(BARE.replace("Rows_examined: 0\n", "Rows_examined: 0 SELECT * FROM t WHERE a = 'b: c';\n")
                + HEADER + "SELECT 1;\n")).endsWith("SELECT 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "use shop;           | shop", "use `shop`;          | shop", "use we ird;           | we ird",
            "use my-db ;  | my-db"})
    void readsEveryFormOfUse(String line, String database) throws IOException {
        for (String header : List.of(BARE + line + "\n", HEADER.replace("SET", line + "\nSET"), HEADER + line + "\n")) {
            JsonObject event = Samples.events(header + "DELIMITER ;;\nSELECT 1 ;;\nDELIMITER ;\n").get(0);
            assertThat(event.getString("db")).isEqualTo(database);
            assertThat(event.getString("query")).startsWith("DELIMITER ;;");
        }
    }

    @Test
    void keepsTheTextOfAWarningThatLooksLikeWhatComesNext() throws IOException {
        String log = BARE + "#\n# Warnings\n# Warning 1292 Truncated incorrect value: 'a\nuse b\nSET c\nd'\nuse"
                + " `shop`;\n"
                + "SET timestamp=1795426581;\nSELECT 1;\n";
        JsonObject event = Samples.events(log).get(0);
        assertThat(event.getString("query")).isEqualTo("SELECT 1");
        assertThat(event.getString("db")).isEqualTo("shop");
        Map<String, Object> metrics = event.getMap("metrics");
        assertThat(metrics).containsEntry("warnings",
                List.of("Warning 1292 Truncated incorrect value: 'a", "use b", "SET c", "d'"));
    }
}
