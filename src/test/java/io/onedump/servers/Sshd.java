package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * OpenSSH's server with a host key and client keys of its own: key login only, SFTP, TCP forwarding. Sessions run as
 * the user who runs the test.
 */
public final class Sshd extends ChildServer {

    /** OpenSSH's SFTP server as a program of its own, for {@link #startWithSubsystem}. */
    public static final String SFTP_SERVER = "/usr/lib/openssh/sftp-server";

    private static final String INTERNAL = "internal-sftp";

    private final String subsystem;

    private Sshd(String subsystem, String... moreSettings) {
        super("sshd");
        this.subsystem = subsystem;
        try {
            Files.createDirectory(workFolder());
            Files.write(folder().resolve("authorized_keys"),
                    List.of(key().publicLine(), rsaKey().publicLine(), encryptedKey().publicLine()));
            Files.writeString(knownHosts(), knownHostsLine(SshKey.HOST));
            Files.writeString(wrongKnownHosts(), knownHostsLine(SshKey.STRANGER));
            Files.write(folder().resolve("sshd_config"), settings(moreSettings));
            createSeparationFolder();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set up sshd", e);
        }
    }

    /** A server with a shell, SFTP and forwarding. */
    public static Sshd start() {
        return launched(new Sshd(INTERNAL));
    }

    /**
     * A server with a shell whose SFTP is what that command speaks, run by the shell.
     *
     * @param moreSettings lines of its configuration
     */
    public static Sshd startWithSubsystem(String command, String... moreSettings) {
        return launched(new Sshd(command, moreSettings));
    }

    /** A server with a shell and SFTP, of which some things are set otherwise. */
    public static Sshd startWith(String... settings) {
        return launched(new Sshd(INTERNAL, settings));
    }

    /** A server whose only command is SFTP: no shell, no forwarding. */
    public static Sshd startSftpOnly() {
        return launched(new Sshd(INTERNAL, "ForceCommand internal-sftp", "DisableForwarding yes"));
    }

    private static Sshd launched(Sshd server) {
        server.launch();
        return server;
    }

    private List<String> settings(String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "Port " + port(),
                "ListenAddress " + host(),
                "HostKey " + SshKey.HOST.file(),
                "PidFile none",
                "AuthorizedKeysFile " + folder().resolve("authorized_keys"),
                // The folder is private, but it lies in the world-writable /tmp.
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "PermitRootLogin prohibit-password",
                "AllowTcpForwarding yes",
                "MaxStartups 100",
                "Subsystem sftp " + subsystem));
        // Of two lines for the same setting sshd takes the first or the last, as it likes.
        lines.removeIf(line -> Stream.of(more).anyMatch(own -> keyword(own).equals(keyword(line))));
        lines.addAll(List.of(more));
        return lines;
    }

    private static String keyword(String line) {
        return line.replaceFirst(" .*", "");
    }

    /** Debian's sshd refuses to start as root without this folder, which only its init script creates. */
    private static void createSeparationFolder() throws IOException {
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
    }

    @Override
    List<String> command() {
        return List.of(Executables.find("sshd").toString(), "-D", "-e", "-f",
                folder().resolve("sshd_config").toString());
    }

    @Override
    boolean answers() throws IOException {
        try (Socket socket = new Socket(host(), port())) {
            return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII).equals("SSH-");
        }
    }

    private String knownHostsLine(SshKey hostKey) {
        return "[" + host() + "]:" + port() + " " + hostKey.publicLine() + "\n";
    }

    /** How often somebody has logged in so far. */
    public long logIns() throws IOException {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.startsWith("Accepted ")).count();
        }
    }

    /** The user to log in as: the one who runs the test. */
    public String user() {
        return System.getProperty("user.name");
    }

    /** An Ed25519 key in OpenSSH's own format. */
    public SshKey key() {
        return SshKey.ED25519;
    }

    /** An RSA key in PEM form. */
    public SshKey rsaKey() {
        return SshKey.RSA_PEM;
    }

    /** An Ed25519 key that needs {@link SshKey#PASSPHRASE}. */
    public SshKey encryptedKey() {
        return SshKey.ENCRYPTED;
    }

    /** A key that the server does not accept. */
    public SshKey unauthorizedKey() {
        return SshKey.STRANGER;
    }

    /** A known_hosts file with this server's host key. */
    public Path knownHosts() {
        return folder().resolve("known_hosts");
    }

    /** A known_hosts file with another host key for this server. */
    public Path wrongKnownHosts() {
        return folder().resolve("wrong_known_hosts");
    }

    /** An empty folder for the files of a test, to be named by its absolute path. */
    public Path workFolder() {
        return folder().resolve("work");
    }
}
