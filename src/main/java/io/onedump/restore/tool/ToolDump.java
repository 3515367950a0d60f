package io.onedump.restore.tool;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Dumps that databases' own tools write, known by their first bytes. */
public enum ToolDump {

    /** Of {@code mysqldump} or {@code mariadb-dump}. */
    MYSQL("mysqldump or mariadb-dump", "-- MySQL dump", "-- MariaDB dump", "/*M!999999", "/*!999999"),
    /** Of {@code pg_dump}, plain. */
    POSTGRES("pg_dump", "-- PostgreSQL database dump\n"),
    /** Of {@code pg_dumpall}. */
    POSTGRES_CLUSTER("pg_dumpall", "-- PostgreSQL database cluster dump\n"),
    /** Of {@code pg_dump} in its custom format. */
    POSTGRES_ARCHIVE("pg_dump", "PGDMP");

    /** So many bytes from the beginning tell which one it is. */
    public static final int HEAD = 256;

    private final String tool;
    private final String[] beginnings;

    ToolDump(String tool, String... beginnings) {
        this.tool = tool;
        this.beginnings = beginnings;
    }

    /** @param head decompressed */
    public static Optional<ToolDump> of(byte[] head) {
        // pg_dump begins with a comment sign in a line of its own, newer ones with a restricting command too.
        String text = new String(head, StandardCharsets.ISO_8859_1).replaceFirst("^(--\\R|\\s)+", "");
        for (ToolDump dump : values()) {
            for (String beginning : dump.beginnings) {
                if (text.startsWith(beginning)) {
                    return Optional.of(dump);
                }
            }
        }
        return Optional.empty();
    }

    /** Who writes such dumps. */
    public String tool() {
        return tool;
    }

    public boolean isPostgres() {
        return this != MYSQL;
    }
}
