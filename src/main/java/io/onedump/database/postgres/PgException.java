package io.onedump.database.postgres;

import java.io.IOException;
import java.util.Map;

/** What a PostgreSQL server refuses. */
public class PgException extends IOException {

    private final String state;
    private final String serverMessage;

    /** @param fields of the server's message, by their letters */
    PgException(String context, Map<Character, String> fields) {
        this(context, fields.getOrDefault('C', "XX000"), words(fields));
    }

    /**
     * @param context       what was asked of which server, without any secret
     * @param state         five characters
     * @param serverMessage as the server wrote it
     * @see                 <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">the states</a>
     */
    public PgException(String context, String state, String serverMessage) {
        super(context + ": " + serverMessage + " (SQL state " + state + ")");
        this.state = state;
        this.serverMessage = serverMessage;
    }

    private static String words(Map<Character, String> fields) {
        StringBuilder words = new StringBuilder(fields.getOrDefault('M', "it says nothing"));
        for (char letter : new char[] {'D', 'H', 'W'}) {
            String more = fields.get(letter);
            if (more != null) {
                words.append("; ").append(more.lines().findFirst().orElse(""));
            }
        }
        return words.toString();
    }

    /** Five characters. */
    public String state() {
        return state;
    }

    /** The server's own words. */
    public String serverMessage() {
        return serverMessage;
    }
}
