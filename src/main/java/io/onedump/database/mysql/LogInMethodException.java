package io.onedump.database.mysql;

import java.util.Set;

/** The server wants the account to log in by a method that we do not have, or that would show it the password. */
public class LogInMethodException extends MySqlException {

    /** Methods whose answer is the password, or as good as that. */
    private static final Set<String> REVEALING =
            Set.of("mysql_clear_password", "dialog", "sha256_password", "caching_sha2_password", "mysql_old_password");

    private final String method;
    private final String serverVersion;

    LogInMethodException(String context, String method, String serverVersion, String what) {
        super(context, 0, null, what);
        this.method = method;
        this.serverVersion = serverVersion;
    }

    /** The client's plugin for it, for example {@code client_ed25519}. */
    public String method() {
        return method;
    }

    /** As the server greeted us. */
    public String serverVersion() {
        return serverVersion;
    }

    /** Whether whoever asks for this method learns the password from the answer. */
    public boolean revealing() {
        return REVEALING.contains(method);
    }
}
