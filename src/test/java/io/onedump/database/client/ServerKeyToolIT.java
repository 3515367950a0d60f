package io.onedump.database.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.TlsMode;
import io.onedump.servers.MySql;
import io.onedump.servers.RogueMySql;
import io.onedump.servers.ServerBuild;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** MySQL's own programs, which the profile {@code servers} brings. */
@Tag("servers")
@Timeout(180)
class ServerKeyToolIT {

    @TempDir
    private Path folder;

    @Test
    void logsInWithoutTlsForTheServersKey() throws Exception {
        ServerBuild build = ServerBuild.mysql8033();
        try (MySql server = MySql.start(build)) {
            server.execute("CREATE USER dumper IDENTIFIED WITH caching_sha2_password BY 'secret'",
                    "GRANT ALL ON *.* TO dumper", "CREATE DATABASE keyed");
            Path wrong = Files.writeString(folder.resolve("other.pem"), RogueMySql.publicKey());
            MySqlSettings plain = MySqlSettings.of(server.host(), server.port(), "dumper", "secret")
                    .withTls(TlsMode.DISABLED, null);

            assertThat(dump(build, plain.withServerKey(wrong))).isNotZero();
            assertThat(dump(build, plain.withServerKey(server.dataDir().resolve("public_key.pem")))).isZero();
            try (MySqlSession session = MySqlSession.connect(plain.withServerKey(wrong))) {
                assertThat(session.encrypted()).as("the server remembers the password now").isFalse();
            }
        }
    }

    private int dump(ServerBuild build, MySqlSettings settings) throws Exception {
        String tool = build.program("mysqldump").toString();
        try (ClientLogIn logIn = ClientLogIn.prepare(folder.resolve("client.cnf"), folder.resolve("plugins"), settings,
                ClientProgram.ask(tool), "caching_sha2_password")) {
            return new ProcessBuilder(tool, logIn.argument(), "keyed").redirectErrorStream(true)
                    .redirectOutput(folder.resolve("dump.log").toFile()).start().waitFor();
        }
    }
}
