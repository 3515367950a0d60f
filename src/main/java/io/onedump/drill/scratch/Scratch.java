package io.onedump.drill.scratch;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

import io.onedump.database.Dsn;

/** A server that a drill may do with as it likes. Closing takes away what the drill has made there. */
public interface Scratch extends Closeable {

    /** By an account that may do everything; of PostgreSQL with the database to restore into. */
    Dsn dsn();

    /** What the server says of its version. */
    String version();

    /** Whether nothing but the drill's own is there, so that accounts can be compared too. */
    boolean isPrivate();

    /** The account or database that the drill itself needs there, which no dump has; empty for none. */
    String own();

    /** Makes a database, for a dump that makes none. */
    void makeDatabase(String name) throws IOException;

    /** Makes the roles that are not there. */
    void makeRoles(Collection<String> names) throws IOException;
}
