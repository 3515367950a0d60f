package io.onedump.database.mysql;

/** Which of the two families a server belongs to: their protocols and tools differ in what they call things. */
public enum Flavour {

    MYSQL,
    MARIADB;

    /** @param version as the server writes it in its greeting or in a binlog's format description */
    public static Flavour ofVersion(String version) {
        return version.contains("MariaDB") ? MARIADB : MYSQL;
    }
}
