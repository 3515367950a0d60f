package io.onedump.ssh;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;

/** The host keys to trust: a {@code known_hosts} file or its lines. */
final class KnownHosts {

    private static final Pattern KEY_TYPE = Pattern.compile("\\s(ssh|ecdsa|sk)-\\S+\\s");

    private KnownHosts() {
    }

    static boolean isText(String knownHosts) {
        return KEY_TYPE.matcher(knownHosts).find();
    }

    /** Without it no server is trusted. */
    static Optional<String> problem(String knownHosts) {
        return isText(knownHosts) || Files.isReadable(Path.of(knownHosts))
                ? Optional.empty()
                : Optional.of("there is no file " + knownHosts + " that can be read here, so that no server would be"
                        + " trusted; ssh-keyscan prints the lines for it");
    }

    /** A file that is missing trusts nobody: the log-in then says how to add the host. */
    static void addTo(JSch jsch, String knownHosts) throws JSchException {
        if (isText(knownHosts)) {
            jsch.setKnownHosts(new ByteArrayInputStream(knownHosts.getBytes(StandardCharsets.UTF_8)));
        } else if (Files.exists(Path.of(knownHosts))) {
            jsch.setKnownHosts(knownHosts);
        }
    }
}
