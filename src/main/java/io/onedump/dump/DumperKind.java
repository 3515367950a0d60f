package io.onedump.dump;

import io.onedump.database.Dsn;

/** The dumpers that {@code dump:} knows, under the names that routes use. */
public enum DumperKind {

    /** One MySQL or MariaDB database, or the whole server where the DSN names none. */
    mysqldump("mysqldump", Dsn.Family.MYSQL),
    /** The same by connections of our own. */
    mysqlNative("mysql-native", Dsn.Family.MYSQL),
    /** One PostgreSQL database by connections of our own, with the schema as pg_dump has it. */
    postgresNative("postgres-native", Dsn.Family.POSTGRES),
    /** One PostgreSQL database by its tool. */
    pgdump("pgdump", Dsn.Family.POSTGRES),
    /** A whole PostgreSQL server with its roles and tablespaces. */
    pgdumpall("pgdumpall", Dsn.Family.POSTGRES);

    private final String label;
    private final Dsn.Family family;

    DumperKind(String label, Dsn.Family family) {
        this.label = label;
        this.family = family;
    }

    public Dsn.Family family() {
        return family;
    }

    /** Whether rows are read by connections of our own. */
    boolean isNative() {
        return this == mysqlNative || this == postgresNative;
    }

    /** The name that routes use. */
    @Override
    public String toString() {
        return label;
    }
}
