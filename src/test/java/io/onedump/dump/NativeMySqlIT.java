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
        return Stream.concat(NativeMatrix.statements(true).stream(), Stream.of(
                "CREATE TABLE mine (id int PRIMARY KEY, j json, g geometry SRID 4326, x int INVISIBLE DEFAULT 7,"
                        + " d double, f float, e text DEFAULT (CONCAT('a', 'b')))",
                "INSERT INTO mine (id, j, g, x, d, f, e) VALUES (1, '{\"b\": \"\\\\u0000\\'\\\\\\\\\", \"a\": [1, 1.0,"
                        + " null, true, 18446744073709551615, -9223372036854775808]}',"
                        + " ST_GeomFromText('POINT(1 2)', 4326), 9, -0e0, -0e0, 'x'),"
                        + " (2, 'null', ST_GeomFromText('POLYGON((0 0,0 1,1 1,0 0))', 4326), 1, 0, 0, NULL)",
                "SET SESSION sql_generate_invisible_primary_key = ON", "CREATE TABLE hidden_key (a int)",
                "INSERT INTO hidden_key VALUES (1), (1)",
                "SET SESSION sql_generate_invisible_primary_key = OFF")).toList();
    }
}
