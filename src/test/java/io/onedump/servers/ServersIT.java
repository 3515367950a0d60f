package io.onedump.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every server that is a child process. */
class ServersIT {

    static Stream<Arguments> servers() {
        return Stream.of(
                server("MariaDB", MariaDb::start),
                server("MySQL", MySql::start),
                server("PostgreSQL", Postgres::start),
                server("sshd", Sshd::start),
                server("sshd, SFTP only", Sshd::startSftpOnly),
                server("S3Proxy", S3Proxy::start));
    }

    private static Arguments server(String name, Supplier<ChildServer> start) {
        return Arguments.of(name, start);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("servers")
    void leavesNoProcessAndNoFolderBehind(String name, Supplier<ChildServer> start) throws Exception {
        Path folder;
        long pid;
        try (ChildServer server = timed(name, "first start", start)) {
            folder = server.log().getParent();
            pid = server.pid();
            assertThat(server.answers()).isTrue();
            assertThat(ProcessHandle.of(pid)).isPresent();
        }
        assertThat(folder).doesNotExist();
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("servers")
    void answersOnTheSamePortAfterACrash(String name, Supplier<ChildServer> start) throws Exception {
        try (ChildServer server = timed(name, "next start", start)) {
            int port = server.port();
            long pid = server.pid();
            server.kill();
            assertThat(ProcessHandle.of(pid)).isEmpty();
            server.restart();
            assertThat(server.answers()).isTrue();
            assertThat(server.port()).isEqualTo(port);
        }
    }

    private static ChildServer timed(String name, String what, Supplier<ChildServer> start) {
        long began = System.nanoTime();
        ChildServer server = start.get();
        System.out.printf("%s, %s: %d ms%n", name, what, Duration.ofNanos(System.nanoTime() - began).toMillis());
        return server;
    }
}
