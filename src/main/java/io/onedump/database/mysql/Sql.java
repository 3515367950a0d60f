package io.onedump.database.mysql;

/** Names and texts as they stand in statements. */
public final class Sql {

    private Sql() {
    }

    public static String name(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }

    public static String name(String database, String identifier) {
        return name(database) + "." + name(identifier);
    }

    /** For sessions without NO_BACKSLASH_ESCAPES. */
    public static String text(String literal) {
        return "'" + literal.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
