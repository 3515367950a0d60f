package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.onedump.artifact.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinlogKeepingTest {

    private static final String HEAD = """
            -- MySQL dump 10.13  Distrib 9.7.4, for Linux (x86_64)
            SET @MYSQLDUMP_TEMP_LOG_BIN = @@SESSION.SQL_LOG_BIN;
            SET @@SESSION.SQL_LOG_BIN= 0;

            /* SET @@GLOBAL.GTID_PURGED='+aa-1:1-14';*/
            """;
    private static final String TAIL = """
            SET @@SESSION.SQL_LOG_BIN = @MYSQLDUMP_TEMP_LOG_BIN;
            /*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;
            -- Dump completed on 2026-11-30  8:11:09
            """;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7_000, 8_100, 57_000, 65_000, 65_536, 1_000_000})
    void leavesTheBinaryLogOfWhoRestoresOn(int data) throws Exception {
        String row = "INSERT INTO t VALUES (1);\n".repeat(data / 26);
        String kept = dump(HEAD + row + TAIL);
        assertThat(kept).hasSize((HEAD + row + TAIL).length()).contains("\n--  @MYSQLDUMP_TEMP_LOG_BIN",
                "\n--  @@SESSION.SQL_LOG_BIN= 0;", "\n--  @@SESSION.SQL_LOG_BIN = @MYSQLDUMP_TEMP_LOG_BIN;", row)
                .contains("/* SET @@GLOBAL.GTID_PURGED='+aa-1:1-14';*/").endsWith("8:11:09\n")
                .doesNotContain("\nSET @");
    }

    @Test
    void changesNothingOfWhatWasAskedFor() throws Exception {
        String statement = (HEAD + "INSERT INTO t VALUES (1);\n" + TAIL)
                .replace("/* SET @@GLOBAL.GTID_PURGED='+aa-1:1-14';*/", "SET @@GLOBAL.GTID_PURGED='aa-1:1-14';");
        assertThat(dump(statement)).isEqualTo(statement);
    }

    @Test
    void changesNothingOfOtherDumps() throws Exception {
        String other = "-- MariaDB dump\n" + "CREATE PROCEDURE p() BEGIN\nSET @@SESSION.SQL_LOG_BIN= 0;\n END\n".repeat(
                9_000) + TAIL;
        assertThat(dump(other)).isEqualTo(other);
        assertThat(dump("")).isEmpty();
    }

    private static String dump(String text) throws IOException {
        try (Source source = new BinlogKeeping(new TextSource(text))) {
            return new String(source.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private record TextSource(String text) implements Source {

        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void complete() {
            // It is whole.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
