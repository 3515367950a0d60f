package io.onedump.dump;

import java.util.List;
import java.util.stream.Stream;

import io.onedump.servers.MySql;
import io.onedump.servers.SqlServer;

class NativeMySqlIT extends NativeDumpContract {

    @Override
    SqlServer start() {
        return MySql.start();
    }

    @Override
    String defaultRoleOf() {
        return "TO";
    }

    @Override
    List<String> matrix() {
        return Stream.concat(NativeMatrix.statements(true).stream(), NativeMatrix.ownOfMySql8().stream()).toList();
    }
}
