package io.onedump.dump;

import java.util.regex.Pattern;

import io.onedump.artifact.process.Completion;

/** What the dump tools write last. */
final class Trailer {

    /**
     * The last line of mysqldump and mariadb-dump, unless they are told to leave comments out. Some failures, such as
     * that of {@code --set-gtid-purged}, leave the exit code 0 and this trailer in place.
     */
    static final Completion MYSQL = new Completion("-- Dump completed",
            Pattern.compile("(?s).*(?:^|\\n)-- Dump completed[^\\n]*\\s*"), Pattern.compile("^Error: "));

    /** The end of mysqldump's {@code --xml} form. */
    static final Completion MYSQL_XML =
            new Completion("</mysqldump>", Pattern.compile("(?s).*</mysqldump>\\s*"), null);

    /** pg_dump's plain form; since 2025 a line {@code \\unrestrict <key>} may follow. */
    static final Completion POSTGRES = postgres("-- PostgreSQL database dump complete");

    /** pg_dumpall's. */
    static final Completion POSTGRES_CLUSTER = postgres("-- PostgreSQL database cluster dump complete");

    private Trailer() {
    }

    private static Completion postgres(String line) {
        return new Completion(line, Pattern.compile("(?s).*\\n" + line
                + "\\n--\\s*(?:\\\\unrestrict [^\\n]*\\s*)?"), null);
    }
}
