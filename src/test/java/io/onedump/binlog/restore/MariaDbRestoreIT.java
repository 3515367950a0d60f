package io.onedump.binlog.restore;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;

import io.onedump.database.mysql.TlsMode;
import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MariaDbRestoreIT extends RestoreContract {

    @Override
    SqlServer start(String... options) {
        return MariaDb.start(options);
    }

    @Override
    Stream<Engine> engines() {
        return Stream.of(Engine.TOOL, Engine.REPLICA);
    }

    @Override
    String[] options() {
        return new String[] {"--binlog-format=MIXED", "--gtid-strict-mode=ON"};
    }

    @Override
    List<String> dumper() {
        return List.of("mariadb-dump", "--no-defaults", "--master-data=2", "--gtid");
    }

    /** MariaDB's client would go on in plain text. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesATargetWithoutTlsWhereTlsIsDemanded(Engine engine) {
        RestoreRequest plain = request(engine, stop());
        RestoreRequest demanding = new RestoreRequest(0, plain.start(), plain.stop(), plain.leaveOut(), null,
                plain.target().withTls(TlsMode.REQUIRED, null), engine, plain.work(), null, null, null,
                Part.ALL);

        assertThatThrownBy(() -> restore(demanding)).hasMessageContaining("offers no TLS");
    }
}
