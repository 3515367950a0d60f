package io.onedump.database.mysql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file with the public key of a server, as MySQL keeps it as {@code public_key.pem} in its data folder. */
final class ServerKey {

    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final long LARGEST = 64 * 1024L;

    private ServerKey() {
    }

    /** @return the key as PEM */
    static byte[] read(Path file) throws IOException {
        Matcher pem;
        try {
            if (Files.size(file) > LARGEST) {
                throw unusable(file, "it is larger than any such key", null);
            }
            pem = PEM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            throw unusable(file, "it does not exist", e);
        } catch (AccessDeniedException e) {
            throw unusable(file, "permission denied; make it readable to the user who runs this process", e);
        }
        if (!pem.find()) {
            throw unusable(file, "it holds no BEGIN PUBLIC KEY; copy public_key.pem from the server's data folder",
                    null);
        }
        try {
            KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(file, "it is no public RSA key", e);
        }
        return pem.group().getBytes(StandardCharsets.US_ASCII);
    }

    /** The server says no more than that it does not let us in, when it could not read what was for another one. */
    static MySqlException doubted(MySqlException e, String who, Path file) {
        return new MySqlException(who, e.code(), e.sqlState(), e.serverMessage() + "; the password went encrypted for"
                + " the key in " + file + ": where it is the right password, that is another server's key, compare it"
                + " with what SHOW STATUS LIKE '%rsa_public_key' says on the server");
    }

    private static IOException unusable(Path file, String why, Exception cause) {
        return new IOException("server-public-key-path: cannot use " + file + ": " + why, cause);
    }
}
