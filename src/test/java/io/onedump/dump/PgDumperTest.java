package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;

import io.onedump.artifact.process.Command;
import io.onedump.database.Dsn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PgDumperTest {

    @TempDir
    private Path folder;

    /** A certificate is made out to the name, which is why {@code verify-full} works through a tunnel too. */
    @Test
    void keepsTheHostsNameThroughATunnel() throws Exception {
        DumpRequest request = request("postgres://u@db.internal:5433/shop?sslmode=verify-full&sslrootcert=/ca.pem");

        assertThat(connection(request)).contains("host='db.internal'", "port='5433'", "sslmode='verify-full'",
                "sslrootcert='/ca.pem'").doesNotContain("hostaddr");
        assertThat(connection(request.through(new InetSocketAddress("127.0.0.1", 4711))))
                .contains("host='db.internal'", "hostaddr='127.0.0.1'", "port='4711'");
    }

    @Test
    void reachesAUnixSocket() throws Exception {
        assertThat(connection(request("postgres:///shop?host=/var/run/postgresql")))
                .contains("host='/var/run/postgresql'", "port='5432'");
    }

    /** Another session's lock would let the tool hang without a word. */
    @Test
    void waitsForALockNoLongerThanFiveMinutesUnlessTold() throws Exception {
        try (Scratch scratch = new Scratch(folder::resolve)) {
            assertThat(new PgDumper().command(request("postgres:///shop?host=/run"), scratch, warning -> {
            }, new HashMap<>()).arguments()).contains("--lock-wait-timeout=300000");
        }
    }

    private String connection(DumpRequest request) throws Exception {
        try (Scratch scratch = new Scratch(folder::resolve)) {
            Command command = new PgDumper().command(request, scratch, warning -> {
            }, new HashMap<>());
            return command.arguments().stream().filter(argument -> argument.startsWith("--dbname=")).findFirst()
                    .orElseThrow();
        }
    }

    private static DumpRequest request(String dsn) {
        return new DumpRequest(DumperKind.pgdump, Dsn.parse(dsn), null, List.of(), Duration.ZERO, Duration.ZERO);
    }
}
