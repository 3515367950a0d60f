package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;
import org.junit.jupiter.api.Test;

class NativeMariaDbIT extends NativeDumpContract {

    @Override
    SqlServer start() {
        return MariaDb.start();
    }

    @Override
    String defaultRoleOf() {
        return "FOR";
    }

    @Test
    void packagesComeBackWithTheirBodies() throws Exception {
        original.execute("DROP DATABASE IF EXISTS many", "CREATE DATABASE many");
        original.executeIn("many", "SET sql_mode = ORACLE",
                "CREATE PACKAGE pk AS FUNCTION f RETURN INT; PROCEDURE p; END",
                "CREATE PACKAGE BODY pk AS FUNCTION f RETURN INT AS BEGIN RETURN 42; END; PROCEDURE p AS BEGIN SELECT"
                        + " f(); END; END");
        load(dump("many", ""), restoredDatabase("many"));

        String routines = "SELECT CONCAT(routine_type, routine_name, routine_definition, sql_mode) FROM"
                + " information_schema.routines WHERE routine_schema = 'many' ORDER BY 1";
        assertThat(texts(restored, routines)).hasSize(2).isEqualTo(texts(original, routines));
    }

    private String restoredDatabase(String name) {
        restored.execute("CREATE DATABASE " + name);
        return name;
    }

    @Override
    List<String> matrix() {
        return Stream.concat(NativeMatrix.statements(false).stream(), Stream.of(
                "CREATE TABLE mine (id int PRIMARY KEY, u uuid, i6 inet6, i4 inet4, j json, c text COMPRESSED,"
                        + " x int INVISIBLE DEFAULT 7)",
                "INSERT INTO mine (id, u, i6, i4, j, c, x) VALUES (1, UUID(), '2001:db8::1', '10.0.0.1',"
                        + " '{\"a\": 1e400,  \"a\":2}', REPEAT('ab''', 500), 9),"
                        + " (2, NULL, '::', '0.0.0.0', '[]', '', 1)",
                "CREATE TABLE past (id int PRIMARY KEY, v float) WITH SYSTEM VERSIONING",
                "INSERT INTO past VALUES (1, 16777218), (2, 0.1)", "UPDATE past SET v = v + 2",
                "DELETE FROM past WHERE id = 2",
                "CREATE TABLE own_past (id int PRIMARY KEY, v int, s timestamp(6) GENERATED ALWAYS AS ROW START,"
                        + " e timestamp(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME(s, e))"
                        + " WITH SYSTEM VERSIONING",
                "INSERT INTO own_past (id, v) VALUES (1, 1)", "UPDATE own_past SET v = 2",
                "CREATE SEQUENCE numbers START WITH 5 INCREMENT BY 3", "SELECT NEXTVAL(numbers)",
                "CREATE TABLE numbered (id bigint DEFAULT NEXTVAL(numbers) PRIMARY KEY, v int)",
                "INSERT INTO numbered (v) VALUES (1), (2)")).toList();
    }
}
