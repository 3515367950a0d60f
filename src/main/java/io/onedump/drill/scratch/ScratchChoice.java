package io.onedump.drill.scratch;

import java.io.IOException;
import java.nio.file.Path;

import io.onedump.artifact.Threads;
import io.onedump.database.Dsn;

/**
 * Where a drill restores into.
 *
 * @param given   a server; null for one of our own on this machine
 * @param program of a server of our own: the path of mariadbd, mysqld or postgres; null to look for it
 */
public record ScratchChoice(Dsn given, String program) {

    private static final String LOCAL = "local";

    /**
     * @param  text                     {@code local} or a DSN
     * @throws IllegalArgumentException for anything else
     */
    public static ScratchChoice parse(String text, String username, String password, String program) {
        if (text == null || text.equals(LOCAL)) {
            return new ScratchChoice(null, program);
        }
        if (program != null) {
            throw new IllegalArgumentException("a server's program goes with scratch 'local' only");
        }
        return new ScratchChoice(Dsn.parse(text).withAccount(username, password), null);
    }

    /**
     * Starts or empties it.
     *
     * @param  origin           what was dumped
     * @param  work             only this user may enter it
     * @throws ScratchException when there is none, or the one that is given may not be used
     */
    public Scratch open(Threads threads, Origin origin, Path work) throws IOException {
        boolean postgres = origin.family().equals("postgres");
        if (given != null) {
            if ((given.family() == Dsn.Family.POSTGRES) != postgres) {
                throw new ScratchException("the dump is of " + origin.family() + ", the scratch server of "
                        + given.family());
            }
            return postgres ? GivenPostgres.open(given) : GivenMySql.open(given, origin);
        }
        return postgres
                ? LocalPostgres.start(threads, program, origin, work)
                : LocalMySql.start(threads, program, origin, work);
    }

    /** For people; no secret. */
    @Override
    public String toString() {
        return given == null ? LOCAL : given.display();
    }

    /**
     * The server that was dumped.
     *
     * @param family  {@code mysql}, {@code mariadb} or {@code postgres}
     * @param version as it said it
     * @param server  {@code server_uuid} of MySQL; anything else is not known
     */
    public record Origin(String family, String version, String server) {
    }
}
