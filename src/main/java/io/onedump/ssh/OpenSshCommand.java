package io.onedump.ssh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How OpenSSH's client is called: with the settings given and nothing else. It reads no configuration, asks nobody,
 * uses no agent, trusts only the known hosts given and changes no file.
 */
final class OpenSshCommand {

    private static final String EXECUTABLE = "ssh";

    private final String target;
    private final List<String> options;

    private OpenSshCommand(String target, List<String> options) {
        this.target = target;
        this.options = options;
    }

    /** For messages. */
    String target() {
        return target;
    }

    /**
     * @return empty for what only {@link SshConnection} does: passwords, passphrases, keys and known hosts given as
     * text
     */
    static Optional<OpenSshCommand> of(SshSettings settings) {
        Optional<Path> key = PrivateKey.file(settings);
        if (key.isEmpty() || settings.passphrase() != null || KnownHosts.isText(settings.knownHosts())
                || !isPlain(key.get().toString()) || !isPlain(settings.knownHosts())) {
            return Optional.empty();
        }
        List<String> options = new ArrayList<>(List.of("-F", "none", "-T", "-l", settings.user(), "-p",
                String.valueOf(settings.port())));
        for (String option : List.of("BatchMode=yes", "IdentitiesOnly=yes", "IdentityAgent=none",
                "PreferredAuthentications=publickey", "StrictHostKeyChecking=yes", "UpdateHostKeys=no",
                "GlobalKnownHostsFile=/dev/null", "LogLevel=ERROR", "ClearAllForwardings=yes",
                // AES-GCM costs less than half of OpenSSH's first choice; the circumflex keeps the others behind it.
                "Ciphers=^aes128-gcm@openssh.com,aes256-gcm@openssh.com",
                "IdentityFile=" + quoted(key.get().toString()), "UserKnownHostsFile=" + quoted(settings.knownHosts()),
                "ConnectTimeout=" + Math.max(1, settings.connectTimeout().toSeconds()),
                "ServerAliveInterval=" + SshConnection.ALIVE_INTERVAL.toSeconds(),
                "ServerAliveCountMax=" + SshConnection.ALIVE_COUNT)) {
            options.add("-o");
            options.add(option);
        }
        options.add("--");
        options.add(settings.host());
        return Optional.of(new OpenSshCommand(settings.target(), options));
    }

    /** @param more options of its own */
    ProcessBuilder subsystem(String name, List<String> more) {
        List<String> options = new ArrayList<>(more);
        options.add("-s");
        return builder(options, name);
    }

    /** @param more options of its own */
    ProcessBuilder command(String command, List<String> more) {
        return builder(more, command);
    }

    private ProcessBuilder builder(List<String> more, String remote) {
        List<String> command = new ArrayList<>(List.of(EXECUTABLE));
        command.addAll(more);
        command.addAll(options);
        command.add(remote);
        return new ProcessBuilder(command);
    }

    /** Whether OpenSSH finds no variable in it. */
    private static boolean isPlain(String path) {
        return !path.contains("${") && !path.contains("\"") && Files.isReadable(Path.of(path));
    }

    private static String quoted(String path) {
        return '"' + path.replace("%", "%%") + '"';
    }
}
