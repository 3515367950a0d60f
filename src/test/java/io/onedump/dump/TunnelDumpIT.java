package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import io.onedump.servers.MariaDb;
import io.onedump.servers.Postgres;
import io.onedump.servers.SqlServer;
import io.onedump.servers.SshKey;
import io.onedump.servers.Sshd;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TunnelDumpIT {

    private Sshd sshd;
    private MariaDb mariaDb;

    @TempDir
    private Path folder;

    private DumpRoute route;

    @BeforeAll
    void start() {
        sshd = Sshd.start();
        mariaDb = MariaDb.start();
        mariaDb.loadShop();
    }

    @AfterAll
    void stop() {
        sshd.close();
        mariaDb.close();
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

    @Test
    void dumpsMariaDbWithAKeyInAFile() throws Exception {
        route.run(mysqldump("file") + "&sshKey=" + sshd.key().file() + knownHosts(sshd.knownHosts()), toFolder());

        assertWhole("file");
    }

    @Test
    void dumpsWithAKeyThatNeedsAPassphraseGivenAsBase64() throws Exception {
        String base64 =
                Base64.getEncoder().encodeToString(sshd.encryptedKey().text().getBytes(StandardCharsets.US_ASCII));

        route.run(mysqldump("base64") + "&sshKey=RAW(" + base64 + ")&sshPassphrase=RAW(" + SshKey.PASSPHRASE + ")"
                + knownHosts(sshd.knownHosts()), toFolder());

        assertWhole("base64");
    }

    @Test
    void dumpsWithAKeyGivenAsText() throws Exception {
        route.run(mysqldump("text") + "&sshKey=RAW(" + sshd.rsaKey().text() + ")" + knownHosts(sshd.knownHosts()),
                toFolder());

        assertWhole("text");
    }

    @Test
    void dumpsPostgres() throws Exception {
        try (Postgres postgres = Postgres.start()) {
            route.run("dump:pgdump?fileName=pg.sql&username=postgres&dsn=postgres://" + address(postgres) + "/postgres"
                    + ssh() + "&sshKey=" + sshd.key().file() + knownHosts(sshd.knownHosts()), toFolder());
        }
        assertThat(DumpRoute.text(stored("pg"))).contains("-- PostgreSQL database dump complete");
    }

    @Test
    void dumpsPostgresNativelyByAllItsConnections() throws Exception {
        try (Postgres postgres = Postgres.start()) {
            postgres.loadShop();
            route.run("dump:postgres-native?fileName=native.sql&parallel=3&username=postgres&dsn=postgres://"
                    + address(postgres) + "/shop" + ssh() + "&sshKey=" + sshd.key().file()
                    + knownHosts(sshd.knownHosts()), toFolder());
        }
        assertThat(DumpRoute.text(stored("native"))).contains("COPY \"public\".\"orders\"", "-- Dump completed");
    }

    @Test
    void refusesAHostWhoseKeyItDoesNotKnow() throws Exception {
        Path nobody = Files.createFile(folder.resolve("nobody"));

        assertThatThrownBy(() -> route.run(mysqldump("unknown") + "&sshKey=" + sshd.key().file() + knownHosts(nobody),
                toFolder())).isInstanceOf(DumpException.class).isNotInstanceOf(DumpConnectException.class)
                .hasMessageContaining("the host key is not in " + nobody);
        assertThat(stored("unknown")).doesNotExist();
    }

    @Test
    void refusesAHostWithAnotherKey() {
        assertThatThrownBy(() -> route.run(mysqldump("other") + "&sshKey=" + sshd.key().file()
                + knownHosts(sshd.wrongKnownHosts()), toFolder())).isInstanceOf(DumpException.class)
                .isNotInstanceOf(DumpConnectException.class);
        assertThat(stored("other")).doesNotExist();
    }

    @Test
    void saysThatTheKeyIsNotAccepted() {
        assertThatThrownBy(() -> route.run(mysqldump("stranger") + "&sshKey=" + sshd.unauthorizedKey().file()
                + knownHosts(sshd.knownHosts()), toFolder())).isInstanceOf(DumpException.class)
                .isNotInstanceOf(DumpConnectException.class)
                .hasMessageContaining("ssh " + sshd.user() + "@" + sshd.host());
    }

    @Test
    void saysThatNoSshServerAnswers() {
        assertThatThrownBy(() -> route.run("dump:mysqldump?dsn=mysql://root@127.0.0.1/shop&sshHost=127.0.0.1&sshPort=1"
                + "&sshUser=nobody&sshKey=" + sshd.key().file(), toFolder())).isInstanceOf(DumpConnectException.class);
    }

    private String mysqldump(String name) {
        return "dump:mysqldump?fileName=" + name + ".sql&username=root&dsn=mysql://" + address(mariaDb) + "/shop"
                + ssh();
    }

    private String ssh() {
        return "&sshHost=" + sshd.host() + "&sshPort=" + sshd.port() + "&sshUser=" + sshd.user();
    }

    private static String knownHosts(Path file) {
        return "&sshKnownHosts=" + file;
    }

    private static String address(SqlServer server) {
        return server.host() + ":" + server.port();
    }

    private String toFolder() {
        return "storage:file:" + folder.resolve("stored") + "?sidecar=never";
    }

    private Path stored(String name) {
        return folder.resolve("stored").resolve(name + ".sql.zst");
    }

    private void assertWhole(String name) throws IOException {
        assertThat(DumpRoute.text(stored(name))).contains("CREATE TABLE `customers`").contains("-- Dump completed");
    }
}
