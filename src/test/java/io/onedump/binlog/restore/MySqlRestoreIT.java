package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;

import io.onedump.restore.choice.RestoreException;
import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;

class MySqlRestoreIT extends RestoreContract {

    @Override
    SqlServer start(String... options) {
        return MySql.start(options);
    }

    /** MySQL's own mysqlbinlog does not come with this server; the profile {@code servers} has it. */
    @Override
    Stream<Engine> engines() {
        return Stream.of(Engine.REPLICA);
    }

    @Override
    String[] options() {
        return new String[] {"--gtid-mode=ON", "--enforce-gtid-consistency=ON", "--binlog-format=MIXED"};
    }

    /**
     * MariaDB's, because MySQL's does not come with this server either; it makes dumps of MySQL 8.0 with their
     * position.
     */
    @Override
    List<String> dumper() {
        return List.of("mariadb-dump", "--no-defaults", "--master-data=2");
    }

    @Test
    void refusesTheToolsOfTheOtherFamily() {
        assertThatThrownBy(() -> restore(request(Engine.TOOL, stop()))).isInstanceOf(RestoreException.class)
                .hasMessageContaining("MySQL's mysqlbinlog");
    }
}
