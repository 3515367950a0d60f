package io.onedump.dump;

import io.onedump.database.Dsn;

/** The dumpers that {@code dump:} knows, under the names that routes use. */
public enum DumperKind {

    /** One MySQL or MariaDB database, or the whole server where the DSN names none. */
    mysqldump(Dsn.Family.MYSQL),
    /** One PostgreSQL database. */
    pgdump(Dsn.Family.POSTGRES),
    /** A whole PostgreSQL server with its roles and tablespaces. */
    pgdumpall(Dsn.Family.POSTGRES);

    private final Dsn.Family family;

    DumperKind(Dsn.Family family) {
        this.family = family;
    }

    public Dsn.Family family() {
        return family;
    }
}
