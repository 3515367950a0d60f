package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keys made for this JVM and deleted with it.
 *
 * @param file the private key; the public one is beside it with {@code .pub}
 */
public record SshKey(Path file) {

    /** Opens {@link Sshd#encryptedKey()}. */
    public static final String PASSPHRASE = "open sesame";

    private static final ServerFolder FOLDER = ServerFolder.create("ssh-keys");

    static final SshKey HOST = generate("host", "", "-t", "ed25519");
    static final SshKey ED25519 = generate("ed25519", "", "-t", "ed25519");
    static final SshKey RSA_PEM = generate("rsa", "", "-t", "rsa", "-b", "2048", "-m", "PEM");
    static final SshKey ENCRYPTED = generate("encrypted", PASSPHRASE, "-t", "ed25519");
    static final SshKey STRANGER = generate("stranger", "", "-t", "ed25519");

    private static SshKey generate(String name, String passphrase, String... type) {
        Path file = FOLDER.resolve(name);
        Command.of("ssh-keygen", "-q", "-C", name, "-N", passphrase, "-f", file.toString()).and(type).run();
        return new SshKey(file);
    }

    /** The private key as text, as it would be pasted into a setting. */
    public String text() {
        return read(file);
    }

    /** The public key: type, base64 and name. */
    public String publicLine() {
        return read(file.resolveSibling(file.getFileName() + ".pub")).strip();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
