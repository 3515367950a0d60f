package io.onedump.slowlog.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.slowlog.Samples;
import io.onedump.slowlog.text.LogText;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprinterTest {

    private static String fingerprint(String statement) {
        byte[] bytes = statement.getBytes(StandardCharsets.UTF_8);
        Fingerprinter fingerprinter = new Fingerprinter();
        fingerprinter.of(bytes, 0, bytes.length, false);
        return LogText.text(fingerprinter.bytes(), 0, fingerprinter.length());
    }

    @TestFactory
    Stream<DynamicTest> tellsStatementsApartAsMySqlDoes() throws IOException {
        var pairs = Samples.json(Samples.OWN.resolve("fingerprint-equivalence.json"));
        Collection<List<String>> same = pairs.getCollection("same");
        Collection<List<String>> different = pairs.getCollection("different");
        return Stream.concat(
                same.stream().map(p -> dynamicTest("same: " + p,
                        () -> assertThat(fingerprint(p.get(0))).isEqualTo(fingerprint(p.get(1))))),
                different.stream().map(p -> dynamicTest("different: " + p,
                        () -> assertThat(fingerprint(p.get(0))).isNotEqualTo(fingerprint(p.get(1))))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "SELECT  a\tFROM t;                                  | select a from t",
            "SELECT a FROM db1.gonzo, org235.t t1 WHERE t1.abc=2 | select a from db?.gonzo, org?.t t? where t?.abc=?",
            "SELECT * FROM `my-db`.`table-1` WHERE id = -5       | select * from `my-db`.`table-?` where id = ?",
            "SELECT a-5, a - 5, b+1 FROM t WHERE c=-5 OR c= +.5  | select a-?, a - ?, b+? from t where c=? or c= ?",
            "SELECT a FROM t WHERE x = -1.5e-10 AND y=0x1F       | select a from t where x = ? and y=?",
            "SELECT X'1F', b'01', N'x', _utf8mb4'y', \\N, ''''   | select ?, ?, ?, ?, ?, ?",
            "SELECT 'a\\'b', \"a\"\"b\", 'c' FROM t              | select ?, ?, ? from t",
            "SELECT a,/* x */b FROM t -- tail                    | select a,b from t",
            "SELECT a/**/FROM t                                  | select a from t",
            "SELECT /*+ MAX_EXECUTION_TIME(1000) */ a FROM t     | select /*+ max_execution_time(?) */ a from t",
            "SELECT /*!50100 SQL_NO_CACHE */ a FROM t            | select /*!50100 sql_no_cache */ a from t",
            "SELECT /*!42*/, /*!50100'4'*/, /*M!100100 a*/, /*+42*/ "
                    + "| select /*!?*/, /*!50100?*/, /*M!100100 a*/, /*+?*/",
            "CREATE FUNCTION f() AS $$ return `a secret` $$      | create function f() as ?",
            "CREATE FUNCTION f() AS $js$ $x $$ $js$ COMMENT 'x'  | create function f() as ? comment ?",
            "SELECT $a, b$ FROM t                                | select $a, b$ from t",
            "SELECT a FROM t WHERE b IN (1, 'x', -3, NULL)       | select a from t where b in(?+)",
            "SELECT a FROM t WHERE (a,b) IN ((1,2),(3,4))        | select a from t where (a,b) in(?+)",
            "SELECT a FROM t WHERE b IN (SELECT c FROM u)        | select a from t where b in (select c from u)",
            "SELECT a FROM t WHERE b IN (c, 5)                   | select a from t where b in (c, ?)",
            "INSERT INTO t (a,b) VALUES (1,NOW()),(2,'()')       | insert into t (a,b) values(?+)",
            "REPLACE INTO t VALUES (1) , (2)                     | replace into t values(?+)",
            "INSERT INTO t VALUES ((SELECT 1), 2)                | insert into t values ((select ?), ?)",
            "INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a=VALUES(a)+1 "
                    + "| insert into t values(?+) on duplicate key update a=values(a)+?",
            "SELECT a FROM t LIMIT 10, 20                        | select a from t limit ?",
            "SELECT a FROM t LIMIT 20 OFFSET 10                  | select a from t limit ?",
            "SELECT a FROM t LIMIT ? FOR UPDATE                  | select a from t limit ? for update",
            "SELECT a FROM t ORDER BY a ASC, b DESC, c asc       | select a from t order by a, b desc, c",
            "CALL Shop.Refresh(1, 'x')                           | call shop.refresh",
            "CALL /* a secret */ `Shop`.p2 (1)                   | call `shop`.p2",
            "CALL 'a secret'                                     | call ?",
            "CALL 42                                             | call ?",
            "use `shop`                                          | use ?",
            "SELECT a IS NOT NULL, TRUE, t.true FROM t           | select a is not ?, ?, t.true from t",
            "SELECT 1 UNION SELECT 2 UNION ALL SELECT 3          | select ? /*repeat union all*/",
            "SELECT 1 UNION SELECT a FROM t                      | select ? union select a from t",
            "SELECT /*!40001 SQL_NO_CACHE */ * FROM `film`       | mysqldump",
            "administrator command: Init DB                      | administrator command: Init DB",
            "administrator command: Binlog Dump GTID             | administrator command: Binlog Dump GTID",
            "administrator command: Quit a secret                | administrator command: Quit",
            "administrator command: a secret                     | administrator command: ?",
            "administrator command: Quitted                      | administrator command: ?",
            "SELECT 'C:\\', 'a secret', \"it's\"                 | select ?, ?, ?",
            "INSERT INTO t VALUES ('C:\\', 'a secret'), ('x', 1) | insert into t values(?+)",
            "SELECT 'a\\'b', 'a secret                          | select ?, ?",
            "SELECT 'C:\\', 'a secret', 'it\\'s'                 | select ?",
            "SELECT 'never closed                                | select ?",
            "SELECT a /* never closed                            | select a",
    })
    void spellsFingerprintsAsPtQueryDigestDoes(String statement, String expected) {
        assertThat(fingerprint(statement)).isEqualTo(expected);
    }

    @Test
    void keepsNothingButTheNameOfAnAdministratorCommand() {
        assertThat(fingerprint("administrator command: Quit;\n'a secret'")).isEqualTo("administrator command: Quit");
    }
}
