package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;

import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * An SSH server inside the JVM (Apache MINA) that asks for a password and can fail in the middle of a file. It has SFTP
 * and TCP forwarding and no shell; its root folder is {@link #workFolder()}.
 */
public final class PasswordSshd implements AutoCloseable {

    public static final String USER = "backup";
    public static final String PASSWORD = "only for tests";

    private final ServerFolder folder = ServerFolder.create("password-sshd");
    private final SftpFaults faults = new SftpFaults();
    private final SshServer server = SshServer.setUpDefaultServer();

    private PasswordSshd() {
        try {
            Files.createDirectory(workFolder());
            KeyPair hostKey = hostKey();
            server.setHost(host());
            server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
            server.setPasswordAuthenticator(
                    (user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
            server.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
            server.setFileSystemFactory(new VirtualFileSystemFactory(workFolder()));
            SftpSubsystemFactory sftp = new SftpSubsystemFactory();
            sftp.addSftpEventListener(faults);
            server.setSubsystemFactories(List.of(sftp));
            server.start();
            Files.writeString(knownHosts(),
                    "[" + host() + "]:" + port() + " " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the SSH server", e);
        }
    }

    public static PasswordSshd start() {
        return new PasswordSshd();
    }

    /** ECDSA, because MINA needs one more library for Ed25519. */
    private static KeyPair hostKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a host key", e);
        }
    }

    public String host() {
        return Loopback.HOST;
    }

    public int port() {
        return server.getPort();
    }

    /** A known_hosts file with this server's host key. */
    public Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    /** What clients see as {@code /}. */
    public Path workFolder() {
        return folder.resolve("work");
    }

    /** What goes wrong when a client writes: nothing, until told. */
    public SftpFaults faults() {
        return faults;
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop the SSH server", e);
        } finally {
            folder.close();
        }
    }
}
