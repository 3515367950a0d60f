package io.onedump.slowlog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.onedump.slowlog.Samples;
import io.onedump.slowlog.digest.LogDigest;
import io.onedump.slowlog.log.LogInput;
import io.onedump.slowlog.parse.EventFilter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every literal below holds a mark, as text, as digits or as hexadecimal: without samples no output may have one. */
@Tag("slow")
class NoLiteralsTest {

    private static final List<String> MARKS = List.of("zqx", "731997", "7a7178");

    private static final List<String> STATEMENTS = List.of(
            "SELECT 'zqx', \"zqx\", 'a''zqx', \"a\"\"zqx\", 'a\\'zqx', \"a\\\"zqx\", '', 'zqx\\\\', 'a;\nzqx'",
            "SELECT n'zqx', N\"zqx\", _utf8mb4'zqx', _latin1 \"zqx\", _binary/**/'zqx', 'zqx' 'zqx'\n'zqx'",
            "SELECT 0x7A7178, x'7A7178', X\"7A7178\", 0X7A7178, b'731997', 0b731997, B'zqx'",
            "SELECT 731997, -731997, +731997, 731997.731997, .731997, 731997., 731997e731997, 1.731997E-731997,"
                    + " 1e731997",
            "SELECT a-731997,a- -731997,a*731997/731997%731997|731997&731997^731997<<731997,(731997),[731997]",
            "SELECT a FROM t WHERE b=731997AND c=731997 OR d IN(731997)OR e BETWEEN 731997 AND 731997",
            "SELECT DATE'zqx', TIME '731997', {ts 'zqx'}, INTERVAL '731997' DAY, INTERVAL 731997 HOUR, @a:='zqx'",
            "SELECT /* zqx */ 1 -- zqx\n, 2 # zqx\n, 3 /* 'zqx\" ` */ , 4 --\tzqx\n, 5 /**zqx**/, 6 #zqx",
            "SELECT /*! 731997 */, /*!50100 'zqx' */, /*!50100'zqx'*/, /*!'zqx'*/, /*!+731997*/, /*M!100100 'zqx'*/, "
                    + "/*!(731997)*/ /*M!'zqx'*/",
            "SELECT /*+ SET_VAR(sql_mode='zqx') MAX_EXECUTION_TIME(731997) */ 1, /*+'zqx'*/ 2, /*+731997*/ 3",
            "SELECT * FROM t LIMIT 731997", "SELECT * FROM t LIMIT 731997,731997", "SELECT * FROM t LIMIT"
                    + " 731997OFFSET 731997",
            "SELECT * FROM t LIMIT 'zqx'", "SELECT * FROM t LIMIT 731997 ROWS EXAMINED 731997",
            "INSERT INTO t VALUES ('zqx', 731997, NOW(), zqx(1), `zqx`), (x'7A7178', \"zqx\", (SELECT 1))",
            "INSERT INTO t (a) VALUES ('zqx') ON DUPLICATE KEY UPDATE a = VALUES(a) + 731997, b = 'zqx'",
            "INSERT INTO t SET a = 'zqx', b = 731997", "REPLACE t VALUE ((('zqx')))", "VALUES ROW('zqx', 731997)",
            "SELECT (a, b) IN (('zqx', 731997), (731997, 'zqx')), c NOT IN (731997), d IN ('zqx', e, 731997)",
            "CALL p('zqx')", "CALL p ('zqx', 731997)", "CALL 'zqx'", "CALL \"zqx\"(1)", "CALL 731997",
            "CALL/*zqx*/p(1)",
            "CALL /* zqx */ -- zqx\n p(731997)", "CALL p/*zqx*/('zqx')", "CALL p#zqx\n(1)", "CALL p -- zqx",
            "CALL n'zqx'",
            "CALL p'zqx'", "CALL @'zqx'", "CALL .731997", "CALL 731997.5", "CALL -731997",
            "SELECT \"zqx\".\"zqx\" FROM \"zqx\" AS \"zqx\"", "SELECT a AS 'zqx', b 'zqx'",
            "SELECT `a`'zqx'`b`\"zqx\"`c``d`", "SELECT a->'$.zqx', a->>\"$[731997].zqx\"", "SELECT @@a, @a, @'zqx',"
                    + " @\"zqx\"",
            "GRANT ALL ON *.* TO 'zqx'@'zqx' IDENTIFIED BY 'zqx'", "SET PASSWORD FOR u@'zqx' = PASSWORD('zqx')",
            "SET GLOBAL a = 731997, b = 'zqx', NAMES 'zqx'", "LOAD DATA INFILE 'zqx' INTO TABLE t FIELDS TERMINATED"
                    + " BY 'zqx'",
            "SELECT 1 UNION SELECT 'zqx' UNION ALL SELECT 731997", "KILL 731997", "KILL QUERY 731997",
            "CREATE TABLE t (a INT DEFAULT 731997 COMMENT 'zqx', b ENUM('zqx','zqx'), c VARCHAR(731997)) COMMENT='zqx'",
            "PREPARE s FROM 'SELECT zqx'", "EXECUTE IMMEDIATE \"SELECT zqx\" USING 'zqx', 731997", "DO SLEEP(731997)",
            "CREATE FUNCTION f() RETURNS INT LANGUAGE JAVASCRIPT AS $$ // zqx\n return `zqx` + \"zqx\"; $$",
            "CREATE FUNCTION f() RETURNS INT LANGUAGE JAVASCRIPT AS $a$ // zqx $$ zqx\n $a$ COMMENT 'zqx'",
            "CREATE PROCEDURE p() BEGIN SELECT 'zqx';\nSELECT 731997; /* zqx */ END",
            "SELECT 'C:\\', 'zqx'", "SELECT 'C:\\', ' zqx ', 'D:\\'", "SELECT 'C:\\', \"it's zqx\", 'zqx\\'",
            "SELECT 'C:\\', 'zqx', 'it\\'s zqx'", "INSERT INTO t VALUES ('C:\\', 'zqx'), ('D:\\', ' zqx ')",
            "SELECT \"C:\\\", \" zqx \", 731997", "SELECT 'C:\\' /* it's zqx */, ' zqx '", "SELECT 'C:\\', ' ''zqx'' '",
            "SELECT * FROM t WHERE a LIKE 'zqx\\' AND b = ' zqx '", "SELECT '\u0083\\', 'zqx', ' zqx '",
            "SELECT /*!40001 SQL_NO_CACHE */ * FROM `t` WHERE a = 'zqx'",
            "# Zqx: zqx\n# Note: 'zqx'\nSELECT 1", "# Time: zqx\nSELECT 1", "#zqx", "-- zqx", "/* zqx */");

    private static final String HEADER = """
            # Time: 2026-11-23T03:53:13.675091Z
            # User@Host: root[root] @ localhost []  Id:    10
            # Query_time: 1.500000  Lock_time: 0.000001 Rows_sent: 1  Rows_examined: 2
            SET timestamp=1795405993;
            """;
    /** MySQL 5.0 without a line between header and statement. */
    private static final String OLD_HEADER = """
            # Time: 071015 21:43:52
            # User@Host: root[root] @ localhost []
            # Query_time: 2  Lock_time: 0  Rows_sent: 1  Rows_examined: 0
            """;
    private static final String MARIADB = """
            # User@Host: root[root] @ localhost []
            # Thread_id: 8  Schema: shop  QC_hit: 'zqx'
            # Query_time: 'zqx'  Lock_time: zqx Rows_sent: 'zqx'  Rows_examined: zqx
            # Rows_affected: zqx  Bytes_sent: 11SELECT * FROM t WHERE a='zqx: 731997' OR zqx: 731997
            # Zqx: 731997  Zqx_flag: Yes  InnoDB_trx_id: zqx  Start: zqx  Last_errno: zqx  Log_slow_rate_type: zqx
            # explain: id	select_type	table	Extra
            # explain: 1	SIMPLE	t	Using 'zqx'
            # Warnings
            # Warning 1292 Truncated incorrect INTEGER value: 'zqx
            use zqx
            SET zqx
            zqx: 731997'
            # Note 1051 Unknown 'zqx'
            use `shop`;
            SET timestamp=1795426581;
            SELECT a FROM t;
            """;
    private static final String DAMAGED = """
            zqx 'zqx' 731997
            AND b = 'zqx';
            """ + HEADER + """
            # administrator command: Quit zqx;
            """ + HEADER + """
            # administrator command: zqx 731997;
            """ + HEADER + """
            # administrator command: Ping;
            'zqx';
            # Time: zqx
            # Zqx 'zqx'
            zqx
            """;

    @TempDir
    private Path folder;

    private static LogDigest digest(LogInput log) throws Exception {
        return Samples.digester(1).digest(List.of(log));
    }

    private static LogInput input(String log) {
        byte[] bytes = log.getBytes(StandardCharsets.ISO_8859_1);
        return LogInput.stream("slow.log", () -> new ByteArrayInputStream(bytes));
    }

    private static String report(LogDigest digest, ReportFormat format, Limit limit, Comparison comparison) {
        return format.write(Report.of(digest, Ranking.DEFAULT, limit, false, comparison));
    }

    /** The JSON report, which has what all have, and the events. */
    private static String mostOf(LogDigest digest, LogInput log) throws IOException {
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        LogEvents.write(log, events, EventFilter.ALL, false);
        return report(digest, ReportFormat.JSON, Limit.ALL, null) + events.toString(StandardCharsets.UTF_8);
    }

    private static void assertNone(String outputs, String log) {
        assertThat(outputs.toLowerCase(Locale.ROOT)).as(log).doesNotContain(MARKS);
    }

    private void assertNoLiterals(String text) throws Exception {
        LogInput log = input(text);
        LogDigest digest = digest(log);
        assertNone(mostOf(digest, log), text);
        Path earlier = folder.resolve("earlier.json");
        Files.writeString(earlier, report(digest, ReportFormat.JSON, new Limit(100, 1), null));
        Comparison comparison = Comparison.with(earlier, digest);
        for (ReportFormat format : ReportFormat.values()) {
            assertNone(report(digest, format, Limit.ALL, comparison), text);
            assertNone(report(digest, format, new Limit(100, 1), comparison), text);
        }
    }

    @ParameterizedTest
    @FieldSource("STATEMENTS")
    void noLiteralOfAStatementGetsOutWhereverTheLogEnds(String statement) throws Exception {
        assertNoLiterals(OLD_HEADER + statement + ";\n" + OLD_HEADER + "SELECT 1;\n");
        String log = HEADER + statement + ";\n";
        assertNoLiterals(log + HEADER + "SELECT 1;\n");
        for (int end = HEADER.length(); end < log.length(); end++) {
            LogInput cut = input(log.substring(0, end));
            assertNone(mostOf(digest(cut), cut), log.substring(0, end));
        }
    }

    /** A database's name is none, as in a server's own {@code use}; the rest of the statement stays in. */
    @ParameterizedTest
    @ValueSource(strings = {"use zqx", "USE `zqx`", "Use zqx -- zqx", "use 'zqx'", "use zqx 731997"})
    void nothingOfAUseGetsOutButTheDatabaseThatItNames(String use) throws Exception {
        String log = HEADER + use + ";\n";
        for (int end = HEADER.length(); end <= log.length(); end++) {
            LogInput cut = input(log.substring(0, end));
            LogDigest digest = digest(cut);
            assertThat(digest.classes()).allSatisfy(c -> assertNone(c.fingerprint(), use));
            String told = mostOf(digest, cut).replaceAll("\"(db|databases)\" *: *(\\{\\s*)?\"zqx\"", "");
            assertNone(told, log.substring(0, end));
        }
    }

    @Test
    void noLiteralGetsOutOfAHeader() throws Exception {
        assertNoLiterals(MARIADB + MARIADB.replace("use `shop`;\n", ""));
    }

    @Test
    void noLiteralGetsOutOfWhatIsDamaged() throws Exception {
        assertNoLiterals(DAMAGED);
        String all = STATEMENTS.stream().map(s -> HEADER + s + ";\n").collect(Collectors.joining());
        assertNoLiterals(all.substring(all.indexOf("zqx")));
    }

    @Test
    void theSamplesHoldWhatHasToStayOut() throws Exception {
        LogDigest digest = digest(input(HEADER + STATEMENTS.get(0) + ";\n"));
        for (ReportFormat format : ReportFormat.values()) {
            assertThat(format.write(Report.of(digest, Ranking.DEFAULT, Limit.ALL, true, null))).contains("zqx");
        }
    }
}
