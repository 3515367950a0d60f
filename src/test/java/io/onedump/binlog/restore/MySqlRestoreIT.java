package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;

import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

class MySqlRestoreIT extends RestoreContract {

    private static final boolean HAS_TOOLS = Boolean.getBoolean("onedump.test.mysql-tools");

    @Override
    SqlServer start(String... options) {
        return MySql.start(options);
    }

    /** MySQL's own mysqlbinlog is not part of the test servers; the property says that it is on the PATH all the same. */
    @Override
    Stream<Engine> engines() {
        return HAS_TOOLS ? Stream.of(Engine.TOOL, Engine.REPLICA) : Stream.of(Engine.REPLICA);
    }

    @Override
    String[] options() {
        return new String[] {"--gtid-mode=ON", "--enforce-gtid-consistency=ON", "--binlog-format=MIXED"};
    }

    @Test
    @DisabledIfSystemProperty(named = "onedump.test.mysql-tools", matches = "true")
    void refusesTheToolsOfTheOtherFamily() {
        assertThatThrownBy(() -> restore(request(Engine.TOOL, stop()))).isInstanceOf(RestoreException.class)
                .hasMessageContaining("MySQL's mysqlbinlog");
    }
}
