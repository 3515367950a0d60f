package io.onedump.database.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import io.onedump.servers.RogueMySql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MySqlSessionTest {

    /** DNS labels have 63 characters at the most, so nobody is asked for this one. */
    private static final String NO_HOST = "a".repeat(64) + ".invalid";

    @Test
    void saysWhenAHostNameCannotBeResolved() {
        MySqlSettings settings = MySqlSettings.of(NO_HOST, 3306, "backup", "");

        assertThatThrownBy(() -> MySqlSession.connect(settings)).isInstanceOf(IOException.class)
                .hasMessage("connecting to " + NO_HOST + ":3306 as 'backup' failed: the host name cannot be resolved");
    }

    @ParameterizedTest
    @EnumSource(value = RogueMySql.Wish.class, names = "CLEARTEXT_OF_THE_SECOND", mode = EnumSource.Mode.EXCLUDE)
    void tellsNobodyThePasswordWhoOnlyAsksForIt(RogueMySql.Wish wish) throws IOException {
        try (RogueMySql rogue = RogueMySql.start(wish)) {
            MySqlSettings settings = MySqlSettings.of("127.0.0.1", rogue.port(), "backup", "secret");

            assertThatThrownBy(() -> MySqlSession.connect(settings))
                    .isInstanceOfSatisfying(LogInMethodException.class, e -> assertThat(e.revealing()).isTrue())
                    .hasMessageNotContaining("secret");

            assertThat(rogue.told()).isEmpty();
        }
    }
}
