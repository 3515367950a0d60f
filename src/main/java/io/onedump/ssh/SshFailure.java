package io.onedump.ssh;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import io.onedump.artifact.RootCause;

/** What JSch's exceptions mean for the one who has to do something about them. */
final class SshFailure {

    /** OpenSSH hangs up with these words instead of saying once more that the log-in is refused. */
    private static final String TOO_MANY_TRIES = "Too many authentication failures";

    private SshFailure() {
    }

    static SshException of(SshSettings settings, JSchException e) {
        String target = settings.target();
        if (e instanceof JSchUnknownHostKeyException) {
            return permanent(e, target + ": the host key is not in " + knownHosts(settings)
                    + "; check its fingerprint with the server's administrator, then add it: " + keyscan(settings));
        }
        if (e instanceof JSchChangedHostKeyException || e instanceof JSchRevokedHostKeyException) {
            return permanent(e, target + ": the host key is not the one in " + knownHosts(settings)
                    + ": the server was replaced or somebody is in between. If it was replaced, remove the old key ("
                    + "ssh-keygen -R '" + hostPattern(settings) + "') and add the new one: " + keyscan(settings));
        }
        if (e instanceof JSchAlgoNegoFailException) {
            return permanent(e, target + ": server and client have no algorithm in common: " + e.getMessage());
        }
        String message = String.valueOf(e.getMessage());
        if (message.startsWith("Auth fail") || message.startsWith("Auth cancel") || message.startsWith("USERAUTH")
                || message.startsWith("MaxAuthTries") || message.contains(TOO_MANY_TRIES)) {
            return permanent(e, target + ": log-in refused; check the user, and the "
                    + (settings.privateKey() == null ? "password" : "private key and the server's authorized_keys"));
        }
        Throwable root = RootCause.of(e);
        return root instanceof SocketTimeoutException || message.startsWith("timeout")
                ? SshException.noAnswer(settings, e)
                : new SshException(target + ": " + reason(root), false, e);
    }

    private static String reason(Throwable root) {
        if (root instanceof UnknownHostException) {
            return "the host name cannot be resolved; check it";
        }
        if (root instanceof NoRouteToHostException) {
            return "there is no route to the host";
        }
        if (root instanceof ConnectException) {
            return "connection refused; check host and port, and that an SSH server listens there";
        }
        return "connection failed: " + (root.getMessage() == null ? root.toString() : root.getMessage());
    }

    private static SshException permanent(JSchException cause, String message) {
        return new SshException(message, true, cause);
    }

    private static String knownHosts(SshSettings settings) {
        return KnownHosts.isText(settings.knownHosts()) ? "the known hosts given" : settings.knownHosts();
    }

    private static String keyscan(SshSettings settings) {
        String port = settings.port() == SshSettings.DEFAULT_PORT ? "" : "-p " + settings.port() + " ";
        String file = KnownHosts.isText(settings.knownHosts()) ? "" : " >> " + settings.knownHosts();
        return "ssh-keyscan " + port + settings.host() + file;
    }

    private static String hostPattern(SshSettings settings) {
        return settings.port() == SshSettings.DEFAULT_PORT
                ? settings.host()
                : "[" + settings.host() + "]:" + settings.port();
    }
}
