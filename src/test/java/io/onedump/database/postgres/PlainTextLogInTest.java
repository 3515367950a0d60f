package io.onedump.database.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PlainTextLogInTest {

    private static final long PAUSE_NANOS = 300_000_000;

    /** Each byte comes in time, and the answer never. The second one says yes to TLS and shakes hands like that. */
    @ParameterizedTest
    @ValueSource(strings = {"R\0\0\0\0\0\0\0\0\0", "S\u0016\3\3\u00ff\u00ff\0\0\0\0\0\0\0\0"})
    void givesUpAnAnswerThatTricklesIn(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> drip(server, answer), "dripping PostgreSQL");
            thread.setDaemon(true);
            thread.start();

            assertThatThrownBy(() -> PlainTextLogIn.asksForThePassword(
                    (InetSocketAddress) server.getLocalSocketAddress(), answer.startsWith("S"), true, "backup", "shop",
                    Duration.ofMillis(700))).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private static void drip(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            OutputStream out = socket.getOutputStream();
            for (char one : answer.toCharArray()) {
                out.write(one);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The client hung up.
        }
    }
}
