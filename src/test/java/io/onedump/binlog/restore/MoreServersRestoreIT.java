package io.onedump.binlog.restore;

import java.util.List;
import java.util.stream.Stream;

import io.onedump.servers.MariaDb;
import io.onedump.servers.MySql;
import io.onedump.servers.ServerBuild;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The releases that the profile {@code servers} brings, each with its own programs. */
@Tag("servers")
class MoreServersRestoreIT {

    @Nested
    class MySql8033 extends OwnPrograms {

        @Override
        ServerBuild build() {
            return ServerBuild.mysql8033();
        }
    }

    @Nested
    class MySql97 extends OwnPrograms {

        @Override
        ServerBuild build() {
            return ServerBuild.mysql97();
        }
    }

    @Nested
    class MariaDb118 extends OwnPrograms {

        @Override
        ServerBuild build() {
            return ServerBuild.mariadb118();
        }

        @Override
        SqlServer start(String... options) {
            return MariaDb.start(build(), options);
        }

        @Override
        String[] options() {
            return new String[] {"--binlog-format=MIXED", "--gtid-strict-mode=ON"};
        }

        @Override
        List<String> dumper() {
            return List.of(build().program("mariadb-dump").toString(), "--no-defaults", "--master-data=2", "--gtid");
        }

        @Override
        String program(String name) {
            return super.program(name.equals("mysql") ? "mariadb" : "mariadb-binlog");
        }
    }

    abstract static class OwnPrograms extends RestoreContract {

        abstract ServerBuild build();

        @Override
        SqlServer start(String... options) {
            return MySql.start(build(), options);
        }

        @Override
        Stream<Engine> engines() {
            return Stream.of(Engine.TOOL, Engine.REPLICA);
        }

        @Override
        String[] options() {
            return new String[] {"--gtid-mode=ON", "--enforce-gtid-consistency=ON", "--binlog-format=MIXED"};
        }

        @Override
        List<String> dumper() {
            return List.of(build().program("mysqldump").toString(), "--no-defaults", "--source-data=2");
        }

        @Override
        String program(String name) {
            return build().program(name).toString();
        }
    }
}
