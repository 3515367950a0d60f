package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.Threads;
import io.onedump.database.Dsn;
import io.onedump.database.PostgresSettings;
import io.onedump.dump.format.DumpFile;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.restore.postgres.PostgresRestore;
import io.onedump.servers.Postgres;
import io.onedump.servers.Sshd;
import io.onedump.servers.TestAuthority;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code dump:postgres-native} and its restore where a certificate is what proves both sides. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTlsIT {

    private Postgres server;
    private TestAuthority authority;
    private String certificate;

    @TempDir
    private Path folder;
    private DumpRoute route;

    @BeforeAll
    void start() {
        server = Postgres.start();
        server.loadShop();
        authority = new TestAuthority();
        server.encrypt(authority);
        server.createUser("certified", "unused", "pg_read_all_data");
        server.execute("ALTER ROLE certified SUPERUSER", "CREATE DATABASE again");
        server.rule("hostssl all certified 127.0.0.1/32 cert");
        TestAuthority.Signed client = authority.sign("certified");
        certificate = "&sslcert=" + client.certificate() + "&sslkey=" + client.key();
    }

    @AfterAll
    void stop() {
        server.close();
        authority.close();
    }

    @BeforeEach
    void make() throws IOException {
        route = new DumpRoute(Files.createDirectories(folder.resolve("work")));
    }

    @AfterEach
    void leavesNothingInTheWorkFolder() throws IOException {
        assertThat(route.leftovers()).isEmpty();
        route.close();
    }

    private String dsn(String host, String database, Path trusted) {
        return "postgres://certified@" + host + ":" + server.port() + "/" + database
                + "?sslmode=verify-full&sslrootcert="
                + trusted;
    }

    private void dump(String dsn, String options) throws Exception {
        route.run("dump:postgres-native?parallel=2&dsn=RAW(" + dsn + ")" + options,
                "storage:file:" + folder.resolve("stored"));
    }

    @Test
    void aCertificateIsEnoughForTheDumpAndTheRestore() throws Exception {
        dump(dsn("127.0.0.1", "shop", authority.certificate()) + certificate, "");

        var settings = PostgresSettings.of(Dsn.parse(dsn("127.0.0.1", "again", authority.certificate()) + certificate),
                null, null).withReadTimeout(Duration.ofSeconds(60));
        assertThat(new PostgresRestore(Threads.daemons(), DumpFile.open(ByteRanges.of(stored())),
                RestoreChoice.everything(), settings, 3, RestoreListener.NONE).run(true).different()).isEmpty();
        assertThat(server.snapshot("again").differencesFrom(server.snapshot("shop"))).isEmpty();
        server.execute("DROP DATABASE again", "CREATE DATABASE again");
    }

    @Test
    void throughATunnelTheServersNameIsProvedToo() throws Exception {
        try (Sshd sshd = Sshd.start()) {
            String ssh = "&sshHost=" + sshd.host() + "&sshPort=" + sshd.port() + "&sshUser=" + sshd.user() + "&sshKey="
                    + sshd.key().file() + "&sshKnownHosts=" + sshd.knownHosts();
            dump(dsn("127.0.0.1", "shop", authority.certificate()) + certificate, ssh);

            assertThat(DumpFile.open(ByteRanges.of(stored())).index().table("public", "orders")).isPresent();
            assertThatThrownBy(() -> dump(dsn("localhost", "shop", authority.certificate()) + certificate, ssh))
                    .hasMessageContaining("localhost");
        }
    }

    @Test
    void nobodyIsLetInWithoutOneAndNoOtherServerIsBelieved() throws Exception {
        assertThatThrownBy(() -> dump(dsn("127.0.0.1", "shop", authority.certificate()), ""))
                .isInstanceOf(DumpException.class).hasMessageContaining("client certificate");
        assertThatThrownBy(() -> dump(dsn("localhost", "shop", authority.certificate()) + certificate, ""))
                .isInstanceOf(DumpException.class).isNotInstanceOf(DumpConnectException.class)
                .hasMessageContaining("localhost");
        try (TestAuthority other = new TestAuthority()) {
            assertThatThrownBy(() -> dump(dsn("127.0.0.1", "shop", other.certificate()) + certificate, ""))
                    .isInstanceOf(DumpException.class).isNotInstanceOf(DumpConnectException.class)
                    .hasMessageContaining("certif");
            TestAuthority.Signed stranger = other.sign("certified");
            assertThatThrownBy(() -> dump(dsn("127.0.0.1", "shop", authority.certificate()) + "&sslcert="
                    + stranger.certificate() + "&sslkey=" + stranger.key(), "")).isInstanceOf(DumpException.class)
                    .hasMessageMatching("(?s).*(may not take the certificate|alert: unknown_ca).*");
        }
        assertThat(folder.resolve("stored").toFile().list()).isNullOrEmpty();
    }

    private Path stored() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("stored"))) {
            return files.filter(file -> file.toString().endsWith(".sql.zst")).findFirst().orElseThrow();
        }
    }
}
