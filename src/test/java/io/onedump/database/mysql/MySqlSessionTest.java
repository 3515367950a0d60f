package io.onedump.database.mysql;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import org.junit.jupiter.api.Test;

class MySqlSessionTest {

    /** DNS labels have 63 characters at the most, so nobody is asked for this one. */
    private static final String NO_HOST = "a".repeat(64) + ".invalid";

    @Test
    void saysWhenAHostNameCannotBeResolved() {
        MySqlSettings settings = MySqlSettings.of(NO_HOST, 3306, "backup", "");

        assertThatThrownBy(() -> MySqlSession.connect(settings)).isInstanceOf(IOException.class)
                .hasMessage("connecting to " + NO_HOST + ":3306 as 'backup' failed: the host name cannot be resolved");
    }
}
