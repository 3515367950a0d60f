package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;

import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;

class MySqlRestoreIT extends RestoreContract {

    @Override
    SqlServer start(String... options) {
        return MySql.start(options);
    }

    /** MySQL's own mysqlbinlog is not part of the test servers. */
    @Override
    Stream<Engine> engines() {
        return Stream.of(Engine.REPLICA);
    }

    @Override
    String[] options() {
        return new String[] {"--gtid-mode=ON", "--enforce-gtid-consistency=ON", "--binlog-format=MIXED"};
    }

    @Test
    void refusesTheToolsOfTheOtherFamily() {
        assertThatThrownBy(() -> restore(request(Engine.TOOL, stop()))).isInstanceOf(RestoreException.class)
                .hasMessageContaining("MySQL's mysqlbinlog");
    }
}
