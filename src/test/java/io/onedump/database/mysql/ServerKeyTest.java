package io.onedump.database.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;

import io.onedump.servers.RogueMySql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServerKeyTest {

    @TempDir
    private Path folder;

    @Test
    void isReadOutOfItsFile() throws Exception {
        String pem = RogueMySql.publicKey();
        Path file = Files.writeString(folder.resolve("key.pem"), "a remark\n" + pem.replace("\n", "\r\n"));

        assertThat(new String(ServerKey.read(file))).startsWith("-----BEGIN PUBLIC KEY-----")
                .endsWith("-----END PUBLIC KEY-----");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"})
    void saysWhatAFileIsThatHoldsNone(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("key.pem"), text);

        assertThatThrownBy(() -> ServerKey.read(file)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("server-public-key-path: cannot use " + file);
    }

    @Test
    void isNoKeyOfAnotherKind() throws Exception {
        byte[] other = KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getEncoded();
        Path file = Files.writeString(folder.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\n"
                + java.util.Base64.getEncoder().encodeToString(other) + "\n-----END PUBLIC KEY-----\n");

        assertThatThrownBy(() -> ServerKey.read(file)).hasMessageContaining("no public RSA key");
    }

    @Test
    void isMissedBeforeAnythingIsSaid() throws Exception {
        try (RogueMySql rogue = RogueMySql.start(RogueMySql.Wish.CACHING_SHA2)) {
            assertThatThrownBy(() -> MySqlSession.connect(settings(rogue, folder.resolve("none.pem"))))
                    .hasMessageContaining("none.pem: it does not exist").hasMessageNotContaining("s3cret");
            assertThat(rogue.told()).isEmpty();
        }
    }

    /** Which asks for the password, and then hands out a key of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"CACHING_SHA2", "SHA256"})
    void isTheOnlyOneThatAPasswordIsEncryptedFor(String wish) throws Exception {
        Path file = Files.writeString(folder.resolve("key.pem"), RogueMySql.publicKey());
        try (RogueMySql rogue = RogueMySql.start(RogueMySql.Wish.valueOf(wish))) {
            assertThatThrownBy(() -> MySqlSession.connect(settings(rogue, file)))
                    .isInstanceOf(IOException.class).hasMessageNotContaining("s3cret");

            assertThat(rogue.told()).hasSize(1).allMatch(told -> told.length == 256);
        }
    }

    private static MySqlSettings settings(RogueMySql rogue, Path key) {
        return MySqlSettings.of("127.0.0.1", rogue.port(), "u", "s3cret").withTls(TlsMode.DISABLED, null)
                .withServerKey(key);
    }
}
