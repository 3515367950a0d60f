package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

import io.onedump.database.Dsn;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.Queries;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.TlsMode;
import io.onedump.servers.HostileMySql;
import io.onedump.servers.HostileMySql.Way;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class MySqlServerProbeTest {

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "SILENT_AFTER_GREETING", "DRIPPING_GREETING", "ENDLESS_LOG_IN",
            "SILENT_TO_QUESTIONS", "DRIPPING_ROWS", "DRIPPING_BYTES"})
    void givesUpAServerThatDoesNotComeToAnEnd(Way way) throws IOException {
        try (HostileMySql server = HostileMySql.start(way)) {
            MySqlSettings settings = new MySqlSettings("127.0.0.1", server.port(), null, "backup", "secret",
                    Duration.ofMillis(500), Duration.ofSeconds(1), TlsMode.PREFERRED, null, false);
            DumpRequest request = new DumpRequest(DumperKind.mysqldump, Dsn.parse("mysql://backup@127.0.0.1/shop"),
                    null, List.of(), Duration.ZERO, Duration.ZERO);

            assertThatThrownBy(() -> MySqlServerProbe.ask(request, DumpScope.of(request), settings, null, warning -> {
            })).isInstanceOf(DumpConnectException.class).hasMessageContaining("nobody answers at 127.0.0.1:")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void tellsOfAServerThatAnswersSomethingElseThanWasAsked() throws IOException {
        try (HostileMySql server = HostileMySql.start(Way.ALWAYS_ONE)) {
            MySqlSettings settings = new MySqlSettings("127.0.0.1", server.port(), null, "backup", "secret",
                    Duration.ofMillis(500), Duration.ofSeconds(1), TlsMode.PREFERRED, null, false);
            DumpRequest request = new DumpRequest(DumperKind.mysqldump, Dsn.parse("mysql://backup@127.0.0.1/shop"),
                    null, List.of(), Duration.ZERO, Duration.ZERO);

            assertThatThrownBy(() -> MySqlServerProbe.ask(request, DumpScope.of(request), settings, null, warning -> {
            })).isInstanceOf(DumpException.class).hasMessageStartingWith("dump mysqldump ")
                    .hasMessageContaining(": the server does not keep to its protocol: ");
        }
    }

    /** Whichever question gets such an answer. */
    @ParameterizedTest
    @ValueSource(strings = {"8.0.31", "10.11.19-MariaDB"})
    void tellsOfAnAnswerWithTooFewColumns(String version) {
        Queries one = new Queries() {
            @Override
            public List<Row> query(String sql) {
                return sql.endsWith("STATUS") ? List.of() : List.of(new Row(List.of("1"), List.of("1")));
            }

            @Override
            public String serverVersion() {
                return version;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        DumpRequest request = new DumpRequest(DumperKind.mysqldump, Dsn.parse("mysql://backup@127.0.0.1/shop"), null,
                List.of(), Duration.ZERO, Duration.ZERO);

        assertThatThrownBy(() -> MySqlServerProbe.Answer.of(one, "x", DumpScope.of(request)))
                .isInstanceOf(IOException.class).hasMessageContaining("does not keep to its protocol");
    }

    @Test
    void endsQuestionsThatGoOnForEver() {
        Queries endless = new PatientQueries(new Queries() {
            @Override
            public List<Row> query(String sql) {
                return List.of();
            }

            @Override
            public String serverVersion() {
                return "8.0.31";
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        }, Duration.ofMillis(50));

        assertThatThrownBy(() -> {
            while (true) {
                endless.query("SELECT 1");
            }
        }).isInstanceOf(SocketTimeoutException.class);
    }
}
