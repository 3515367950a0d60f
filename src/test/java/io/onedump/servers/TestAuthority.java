package io.onedump.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A certificate authority for one test, and what it signs, as PEM files. Java's keytool makes them. */
public final class TestAuthority implements AutoCloseable {

    private static final String PASSWORD = "only-for-tests";

    private final ServerFolder folder = ServerFolder.create("authority");
    private final Path store = folder.resolve("keys.p12");

    /**
     * A certificate of the authority.
     *
     * @param key PKCS #8 without a passphrase
     */
    public record Signed(Path certificate, Path key) {
    }

    public TestAuthority() {
        pair("authority", "-ext", "bc:c");
        write("authority.pem", "CERTIFICATE", "authority", false);
    }

    public Path certificate() {
        return folder.resolve("authority.pem");
    }

    /** Signs for the account, or the server, of that name on the loopback address. */
    public Signed sign(String name) {
        pair(name, "-signer", "authority", "-ext", "san=ip:" + Loopback.HOST);
        return new Signed(write(name + ".pem", "CERTIFICATE", name, false),
                write(name + ".key", "PRIVATE KEY", name, true));
    }

    private void pair(String alias, String... more) {
        Command.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
                alias, "-keyalg", "EC", "-dname", "CN=" + alias, "-storetype", "PKCS12", "-keystore", store.toString(),
                "-storepass", PASSWORD).and(more).run();
    }

    private Path write(String name, String kind, String alias, boolean secret) {
        Path file = folder.resolve(name);
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            byte[] bytes = secret
                    ? keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()
                    : keys.getCertificate(alias).getEncoded();
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, "-----BEGIN " + kind + "-----\n"
                    + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes)
                    + "\n-----END " + kind + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot write " + file, e);
        }
    }

    @Override
    public void close() {
        folder.close();
    }
}
