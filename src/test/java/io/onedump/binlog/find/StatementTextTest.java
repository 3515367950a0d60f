package io.onedump.binlog.find;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"CREATE USER a@'%' IDENTIFIED BY 's3cret'",
            "create user a identified by password '*s3cret'",
            "ALTER USER a IDENTIFIED WITH mysql_native_password BY 's3cret' REPLACE 's3cret'",
            "ALTER USER a IDENTIFIED WITH 'caching_sha2_password' AS '$A$005$s3cret'",
            "ALTER USER a IDENTIFIED WITH caching_sha2_password AS 0x73336372",
            "CREATE USER a IDENTIFIED VIA ed25519 USING 's3cret' OR mysql_native_password USING PASSWORD('s3cret')",
            "GRANT ALL ON *.* TO a IDENTIFIED BY 's3\\'cret'", "SET PASSWORD FOR a@b = 's3cret'",
            "SET PASSWORD FOR 'a'@'%'='s3cret'", "SET PASSWORD = PASSWORD('s3cret')",
            "CHANGE MASTER TO MASTER_HOST='h', MASTER_PASSWORD='s3cret'",
            "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = \"s3cret\"",
            "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'a', PASSWORD 's3cret')",
            "UPDATE account SET password_hash = 's3cret'", "INSERT INTO key (api_key) VALUES ('s3cret')",
            "SELECT AES_ENCRYPT('s3cret', 's3cret')", "UPDATE a SET passwd='s3cret'",
            "CREATE USER a IDENTIFIED BY 's3cret"})
    void holdsNoPassword(String sql) {
        assertThat(StatementText.of(sql)).doesNotContain("cret").doesNotContain("73336372").contains("'xxxxxx'");
    }

    @Test
    void isOtherwiseTheStatementInOneLine() {
        assertThat(StatementText.of("UPDATE t\n SET a = 'x'\u001b[31m WHERE b = 1"))
                .isEqualTo("UPDATE t SET a = 'x'\\u001b[31m WHERE b = 1");
        assertThat(StatementText.of("DROP TABLE `user`")).isEqualTo("DROP TABLE `user`");
    }
}
