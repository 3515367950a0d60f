package io.onedump.database.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import io.onedump.servers.HostileMySql;
import io.onedump.servers.HostileMySql.Way;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that does not end, or that says that what it sends is huge, costs neither memory nor more than its time. */
@Timeout(30)
class HostileServerTest {

    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final Duration PATIENT = Duration.ofSeconds(20);
    /** One answer, and what lies in the buffers between here and there. */
    private static final long MOST = 90_000_000;

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "SILENT_AFTER_GREETING", "DRIPPING_GREETING", "ENDLESS_LOG_IN"})
    void givesUpALogInThatDoesNotEnd(Way way) throws IOException {
        try (HostileMySql server = HostileMySql.start(way)) {
            assertThatThrownBy(() -> MySqlSession.connect(settings(server, ANSWER))).isInstanceOf(IOException.class)
                    .hasRootCauseInstanceOf(way == Way.SILENT || way == Way.SILENT_AFTER_GREETING
                            ? SocketTimeoutException.class
                            : IOException.class)
                    .hasMessageContaining("connecting to 127.0.0.1:");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT_TO_QUESTIONS", "DRIPPING_ROWS", "DRIPPING_BYTES"})
    void givesUpAnAnswerThatDoesNotEnd(Way way) throws IOException {
        try (HostileMySql server = HostileMySql.start(way);
                MySqlSession session = MySqlSession.connect(settings(server, ANSWER))) {
            assertThatThrownBy(() -> session.query("SELECT 1")).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ENDLESS_ROWS", "ENDLESS_EMPTY_VALUES", "MANY_COLUMNS", "LONG_DEFINITIONS", "ENDLESS_PACKET",
            "LONG_VALUE"})
    void readsNoMoreThanAnAnswerCanHave(Way way) throws IOException {
        try (HostileMySql server = HostileMySql.start(way);
                MySqlSession session = MySqlSession.connect(settings(server, PATIENT))) {
            assertThatThrownBy(() -> session.query("SELECT 1")).isInstanceOf(IOException.class)
                    .isNotInstanceOf(SocketTimeoutException.class);

            assertThat(server.sent()).isLessThan(way == Way.ENDLESS_EMPTY_VALUES ? MOST / 8 : MOST);
        }
    }

    private static MySqlSettings settings(HostileMySql server, Duration answer) {
        return new MySqlSettings("127.0.0.1", server.port(), null, "backup", "secret", CONNECT, answer,
                TlsMode.PREFERRED, null, false);
    }
}
