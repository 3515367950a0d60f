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
        return Stream.concat(NativeMatrix.statements(false).stream(), NativeMatrix.ownOfMariaDb().stream()).toList();
    }
}
