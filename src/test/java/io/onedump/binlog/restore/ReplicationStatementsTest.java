package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicationStatementsTest {

    @ParameterizedTest
    @CsvSource({"5.7.44-log, true", "8.0.22, true", "8.0.23, false", "8.0.31, false", "8.4.3, false", "9.7.0, false"})
    void speaksOfSlavesWhereAServerKnowsNoReplicas(String version, boolean old) {
        assertThat(ReplicationStatements.isOld(version)).isEqualTo(old);
    }
}
