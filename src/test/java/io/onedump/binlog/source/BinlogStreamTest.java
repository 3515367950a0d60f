package io.onedump.binlog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.servers.HostileMySql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BinlogStreamTest {

    private static final Duration HEARTBEAT = Duration.ofMillis(100);

    /** Each byte is a sign of life, though there will never be an event. */
    @Test
    void endsWhenHalfAnEventDrips() throws IOException {
        try (HostileMySql server = HostileMySql.start(HostileMySql.Way.DRIPPING_EVENT)) {
            StreamSettings settings = new StreamSettings(MySqlSettings.of("127.0.0.1", server.port(), "backup", ""),
                    7, "u", HEARTBEAT, false);
            Sink sink = new Sink();
            try (BinlogStream stream = BinlogStream.open(settings, BinlogPosition.of("binlog.000001", 4), true,
                    Duration.ofSeconds(1))) {
                assertThatThrownBy(() -> stream.copyTo(sink)).isInstanceOf(SocketTimeoutException.class)
                        .hasMessageContaining("did not end its answer in time");
            }
            assertThat(sink.parts).hasValue(0);
        }
    }

    @Test
    void givesAPartAMinuteMoreThanFourHeartbeats() {
        assertThat(new StreamSettings(MySqlSettings.of("db", 3306, "backup", ""), 7, "u", Duration.ofSeconds(15), false)
                .part()).isEqualTo(Duration.ofMinutes(2));
    }

    private static final class Sink implements EventSink {

        private final AtomicInteger parts = new AtomicInteger();

        @Override
        public void part(byte[] bytes, int from, int to, boolean begins, boolean ends) {
            parts.incrementAndGet();
        }

        @Override
        public void idle() {
            // Nothing is kept back.
        }

        @Override
        public void sync() {
            // Nothing is kept.
        }

        @Override
        public String file() {
            return "binlog.000001";
        }

        @Override
        public long offset() {
            return 4;
        }
    }
}
