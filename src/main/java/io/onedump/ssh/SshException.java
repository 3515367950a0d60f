package io.onedump.ssh;

import java.io.IOException;

/** A connection that could not be made or has broken. Its message says what to do and holds no secret. */
public class SshException extends IOException {

    private final boolean permanent;

    public SshException(String message, boolean permanent, Throwable cause) {
        super(message, cause);
        this.permanent = permanent;
    }

    /** The host, or its SSH server, says nothing. */
    public static SshException noAnswer(SshSettings settings, Throwable cause) {
        return new SshException(settings.target() + ": no answer in time; check host, port and firewall", false, cause);
    }

    /** Whether trying again is of no use: a refused log-in, an unknown host key, an unreadable private key. */
    public boolean permanent() {
        return permanent;
    }
}
