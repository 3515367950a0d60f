package io.onedump.dump;

import java.util.regex.Pattern;

/** How a dumper's output shows that it is whole, beside the exit code. */
enum Completion {

    /**
     * {@code -- Dump completed} as the last line: mysqldump and mariadb-dump write it unless told to leave comments
     * out.
     */
    MYSQL("-- Dump completed", "(?s).*(?:^|\\n)-- Dump completed[^\\n]*\\s*"),

    /** The end of mysqldump's {@code --xml} form. */
    MYSQL_XML("</mysqldump>", "(?s).*</mysqldump>\\s*"),

    /** pg_dump's plain form; since 2025 a line {@code \\unrestrict <key>} may follow. */
    POSTGRES("-- PostgreSQL database dump complete",
            "(?s).*\\n-- PostgreSQL database dump complete\\n--\\s*(?:\\\\unrestrict [^\\n]*\\s*)?"),

    /** pg_dumpall's. */
    POSTGRES_CLUSTER("-- PostgreSQL database cluster dump complete",
            "(?s).*\\n-- PostgreSQL database cluster dump complete\\n--\\s*(?:\\\\unrestrict [^\\n]*\\s*)?"),

    /** Forms without a trailer (pg_dump's custom and tar forms, any other command): the exit code alone decides. */
    EXIT_CODE("", "(?s).*");

    /** How many of the last bytes are looked at; the longest trailer has about 200. */
    static final int TAIL = 1024;

    private final String trailer;
    private final Pattern pattern;

    Completion(String trailer, String pattern) {
        this.trailer = trailer;
        this.pattern = Pattern.compile(pattern);
    }

    String trailer() {
        return trailer;
    }

    boolean isSeenIn(String tail) {
        return pattern.matcher(tail).matches();
    }
}
