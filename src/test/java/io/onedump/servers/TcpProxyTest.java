package io.onedump.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private ServerSocket echo;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = Loopback.listen();
        Thread thread = new Thread(this::echo, "echo");
        thread.setDaemon(true);
        thread.start();
        proxy = TcpProxy.to(Loopback.HOST, echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void passesBothWaysAndTheEnd() throws IOException {
        try (Socket socket = connect()) {
            byte[] sent = new byte[3_000_000];
            sent[2_999_999] = 7;
            Thread sender = new Thread(() -> send(socket, sent));
            sender.start();
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
        }
        assertThat(proxy.upload().passed()).isEqualTo(3_000_000);
        assertThat(proxy.download().passed()).isEqualTo(3_000_000);
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void cutsOnceAfterThatManyBytes() throws IOException {
        proxy.download().cutAfter(1000);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[2000]);
            assertThatThrownBy(() -> socket.getInputStream().readNBytes(2000)).isInstanceOf(SocketException.class);
        }
        assertThat(proxy.download().passed()).isEqualTo(1000);
        assertEchoes();
    }

    @Test
    void refusesUntilItAcceptsAgain() throws IOException {
        proxy.refuse();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        proxy.accept();
        assertEchoes();
    }

    @Test
    void holdsBytesBackUntilHealed() throws IOException {
        try (Socket socket = connect()) {
            proxy.upload().stall();
            socket.setSoTimeout(200);
            socket.getOutputStream().write(5);
            InputStream in = socket.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
            proxy.upload().heal();
            socket.setSoTimeout(10_000);
            assertThat(in.read()).isEqualTo(5);
        }
    }

    @Test
    void delaysEachWay() throws IOException {
        proxy.latency(Duration.ofMillis(100));
        long began = System.nanoTime();
        assertEchoes();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void doesNotExceedItsBandwidth() throws IOException {
        proxy.download().bandwidth(400_000);
        long began = System.nanoTime();
        try (Socket socket = connect()) {
            socket.getOutputStream().write(new byte[100_000]);
            assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
        }
        // The last chunk, of 16 KiB at most, is not waited for.
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    private void assertEchoes() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(9);
            assertThat(socket.getInputStream().read()).isEqualTo(9);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(proxy.host(), proxy.port());
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void echo() {
        while (!echo.isClosed()) {
            try (Socket socket = echo.accept(); OutputStream out = socket.getOutputStream()) {
                socket.getInputStream().transferTo(out);
            } catch (IOException e) {
                // The test closed this socket or cut the connection.
            }
        }
    }
}
