package io.onedump.dump;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

import io.onedump.artifact.process.ProcessFailures;

/** Makes the exceptions for a dump's tool: what it said decides whether another try is worth it, and what helps. */
final class DumpFailures implements ProcessFailures {

    /** How the clients of both families say that nobody answered. */
    private static final Pattern UNREACHABLE = Pattern.compile(
            "can't connect|connection refused|could not connect|unknown (mysql |mariadb )?server host|lost connection"
                    + "|could not translate host name|timeout expired"
                    + "|no route to host|starting up|too many (connections|clients)"
                    + "|server closed the connection|gone away");

    @Override
    public DumpException failed(String what, String said) {
        String lower = said.toLowerCase(Locale.ROOT);
        String message = what + (said.isEmpty() ? "" : ": " + said) + hint(lower);
        return UNREACHABLE.matcher(lower).find() ? new DumpConnectException(message) : new DumpException(message);
    }

    @Override
    public DumpException notStarted(String what, IOException cause) {
        return new DumpException(what + ": install it or name it with the option executable", cause);
    }

    private static String hint(String text) {
        if (text.contains("server version mismatch")) {
            return "; install a pg_dump of the server's major version or newer and name it with the option executable";
        }
        if (text.contains("lock table") && text.contains("timeout")) {
            return "; another session holds a lock on the table: dump when it is done, or have the tool wait longer"
                    + " with options: --lock-wait-timeout=30min";
        }
        if (text.contains("row-level security")) {
            return "; ALTER ROLE … BYPASSRLS lets the account see every row, options: --enable-row-security dumps only"
                    + " those that it may see (docs/dump.md)";
        }
        if (text.contains("(1356)") || text.contains("(1449)")) {
            return "; mend or drop the view, or leave it out with options: --ignore-table=database.view";
        }
        if (text.contains("max_allowed_packet")) {
            return "; a row is larger than the server's max_allowed_packet: raise it there";
        }
        if (text.contains("access denied for user") && text.contains("using password")
                || text.contains("password authentication failed")) {
            return "; check username and password";
        }
        if (text.contains("access denied") || text.contains("permission denied") || text.contains("privilege")
                || text.contains("command denied")) {
            return "; grant the account what docs/dump.md lists for a dump";
        }
        if (text.contains("no space left")) {
            return "; free space where the tool writes";
        }
        return "";
    }
}
