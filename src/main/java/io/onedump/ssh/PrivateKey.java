package io.onedump.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;

/** Reads the private key of {@link SshSettings} in whichever of its three forms it was given. */
final class PrivateKey {

    private static final int LONGEST_PATH_SHOWN = 200;
    private static final Pattern ONE_LINE = Pattern.compile(
            "(-----BEGIN [A-Z0-9 ]+-----)([A-Za-z0-9+/=]+)(-----END [A-Z0-9 ]+-----)");

    private PrivateKey() {
    }

    /** Adds the key to {@code jsch}, decrypted. */
    static void addTo(JSch jsch, SshSettings settings) throws SshException {
        byte[] key = read(settings);
        byte[] passphrase =
                settings.passphrase() == null ? null : settings.passphrase().getBytes(StandardCharsets.UTF_8);
        try {
            check(KeyPair.load(jsch, key, null), passphrase, settings);
            jsch.addIdentity(settings.target(), key, null, passphrase);
        } catch (JSchException e) {
            throw refused(settings, "is in no known format (" + e.getMessage()
                    + "); expected OpenSSH, PEM, PKCS#8 or PuTTY format", e);
        }
    }

    /** Why the key cannot be used here, without any connection; empty where it can, or where there is none. */
    static Optional<String> problem(SshSettings settings) {
        if (settings.privateKey() == null || settings.privateKey().isBlank()) {
            return Optional.empty();
        }
        try {
            addTo(new JSch(), settings);
            return Optional.empty();
        } catch (SshException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** The file that holds the key, empty when the settings hold the key itself or none. */
    static Optional<Path> file(SshSettings settings) {
        if (settings.privateKey() == null) {
            return Optional.empty();
        }
        String given = settings.privateKey().strip();
        try {
            return isKey(given) || isKey(fromBase64(given)) ? Optional.empty() : Optional.of(path(given));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static void check(KeyPair pair, byte[] passphrase, SshSettings settings) throws SshException {
        try {
            if (!pair.isEncrypted()) {
                return;
            }
            if (passphrase == null) {
                throw refused(settings, "is encrypted; set its passphrase", null);
            }
            if (!pair.decrypt(passphrase)) {
                throw refused(settings, "cannot be decrypted; check its passphrase", null);
            }
        } finally {
            pair.dispose();
        }
    }

    private static byte[] read(SshSettings settings) throws SshException {
        String given = settings.privateKey().strip();
        if (isKey(given)) {
            return withLines(given).getBytes(StandardCharsets.UTF_8);
        }
        String decoded = fromBase64(given);
        if (isKey(decoded)) {
            return decoded.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Files.readAllBytes(path(given));
        } catch (IOException | InvalidPathException e) {
            // What is not a path may be a damaged key, so only what looks like a path is shown.
            String shown = given.length() > LONGEST_PATH_SHOWN || given.contains("\n") ? "" : " " + given;
            throw refused(settings, "cannot be read: there is no readable file" + shown
                    + "; give a file, the key's PEM text, or that text in base64", e);
        }
    }

    private static boolean isKey(String text) {
        return text.startsWith("-----BEGIN ") || text.startsWith("PuTTY-User-Key-File");
    }

    /** A route's option cannot carry line breaks: Camel takes them out of URIs. */
    private static String withLines(String pem) {
        Matcher oneLine = ONE_LINE.matcher(pem);
        return oneLine.matches()
                ? oneLine.group(1) + "\n" + oneLine.group(2).replaceAll(".{64}", "$0\n") + "\n" + oneLine.group(3)
                        + "\n"
                : pem + "\n";
    }

    private static String fromBase64(String text) {
        try {
            return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Path path(String text) {
        return text.startsWith("~/") ? Path.of(System.getProperty("user.home"), text.substring(2)) : Path.of(text);
    }

    private static SshException refused(SshSettings settings, String why, Exception cause) {
        return new SshException(settings.target() + ": the private key " + why, true, cause);
    }
}
