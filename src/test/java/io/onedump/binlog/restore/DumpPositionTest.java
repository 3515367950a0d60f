package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.onedump.database.mysql.BinlogPosition;
import io.onedump.restore.choice.RestoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpPositionTest {

    @ParameterizedTest
    @ValueSource(strings = {
            "-- CHANGE MASTER TO MASTER_LOG_FILE='binlog.000042', MASTER_LOG_POS=4711;",
            "CHANGE MASTER TO MASTER_LOG_FILE='binlog.000042', MASTER_LOG_POS=4711;",
            "-- CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE='binlog.000042', SOURCE_LOG_POS=4711;"})
    void knowsEverySpelling(String statement) throws IOException {
        assertThat(find("-- MySQL dump\n--\n\n" + statement + "\n\nCREATE TABLE t (a INT);"))
                .isEqualTo(BinlogPosition.of("binlog.000042", 4711));
    }

    @Test
    void saysHowToMakeADumpThatKnowsItsPosition() {
        assertThatThrownBy(() -> find("-- MySQL dump")).isInstanceOf(RestoreException.class)
                .hasMessageContaining("shop.sql").hasMessageContaining("--master-data=2");
    }

    private static BinlogPosition find(String dump) throws IOException {
        return DumpPosition.find("shop.sql", new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8)));
    }
}
