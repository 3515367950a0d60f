package io.onedump.dump.postgres;

import java.io.IOException;
import java.util.List;

/** Has pg_dump write a part of a schema. */
public interface Ddl {

    /**
     * Without large objects, with comments before each object that say which it is, as {@code --verbose} makes them.
     *
     * @param section  {@code pre-data} or {@code post-data}
     * @param snapshot in which to look
     * @param excluded tables and views that are left out, as pg_dump's patterns
     */
    String read(String section, String snapshot, List<String> excluded) throws IOException;

    /** Ends those that are at work. */
    void close();
}
