package io.onedump.database.mysql;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.github.shyiko.mysql.binlog.network.protocol.command.AuthenticateNativePasswordCommand;
import com.github.shyiko.mysql.binlog.network.protocol.command.AuthenticateSHA2Command;
import com.github.shyiko.mysql.binlog.network.protocol.command.AuthenticateSHA2RSAPasswordCommand;

/**
 * What a client sends to prove that it knows the password, without or with telling it. When to send which is
 * {@link LogIn}'s matter.
 */
final class PasswordProof {

    private PasswordProof() {
    }

    /** Tells nothing of the password. */
    static byte[] nativePassword(byte[] password, String scramble) throws IOException {
        return new AuthenticateNativePasswordCommand(scramble, text(password)).toByteArray();
    }

    /** Tells nothing of the password. */
    static byte[] cachingSha2(byte[] password, String scramble) throws IOException {
        return new AuthenticateSHA2Command(scramble, text(password)).toByteArray();
    }

    /** The password itself, for whoever has the private key to the PEM key. */
    static byte[] encrypted(byte[] password, String scramble, byte[] pem) throws IOException {
        try {
            String key = new String(pem, StandardCharsets.US_ASCII).replace("\r", "").strip();
            return new AuthenticateSHA2RSAPasswordCommand(key, text(password), scramble).toByteArray();
        } catch (IOException | RuntimeException e) {
            throw new IOException("the server's public key cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The text that the library turns into just these bytes: it goes by the platform's character set.
     *
     * @throws IOException when there is no such text
     */
    static String text(byte[] bytes) throws IOException {
        String text = new String(bytes, Charset.defaultCharset());
        if (!Arrays.equals(text.getBytes(Charset.defaultCharset()), bytes)) {
            throw new IOException("the password or the server's scramble holds characters that Java's default"
                    + " character set " + Charset.defaultCharset() + " cannot carry; start Java with"
                    + " -Dfile.encoding=UTF-8");
        }
        return text;
    }
}
