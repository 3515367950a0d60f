package io.onedump.restore.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class SqlStatementsTest {

    private static java.util.List<String> of(String sql) {
        return SqlStatements.of(sql.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void cutsAtSemicolonsOutsideOfQuotesAndComments() {
        assertThat(of("-- a; b\nSET x = 'a;''b\\';', y = \"c;\"; /* d; */ SET z = `e;`;\n\n")).containsExactly(
                "SET x = 'a;''b\\';', y = \"c;\"", "/* d; */ SET z = `e;`");
    }

    @Test
    void cutsAtTheDelimiterThatALineNames() {
        assertThat(of("USE `a`;\nDELIMITER ;;\nCREATE PROCEDURE p() BEGIN SELECT ';'; SELECT ' ; END\n;;\nDELIMITER ;\n"
                + "SET a = 1;\n")).containsExactly("USE `a`", "CREATE PROCEDURE p() BEGIN SELECT ';'; SELECT ' ; END",
                        "SET a = 1");
    }

    @Test
    void keepsEachByteAsOneCharacter() {
        assertThat(of("SET x = 'ä';")).singleElement().asString().hasSize("SET x = 'ä'".length() + 1);
    }
}
