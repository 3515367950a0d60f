package io.onedump.database.postgres;

/** Names and texts as they stand in PostgreSQL's statements. */
public final class PgSql {

    private PgSql() {
    }

    public static String name(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    public static String name(String schema, String identifier) {
        return name(schema) + "." + name(identifier);
    }

    /** For sessions with standard_conforming_strings. */
    public static String text(String literal) {
        return "'" + literal.replace("'", "''") + "'";
    }
}
