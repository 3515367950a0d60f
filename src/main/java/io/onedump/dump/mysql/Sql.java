package io.onedump.dump.mysql;

/** Names and texts as they stand in statements. */
final class Sql {

    private Sql() {
    }

    static String name(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }

    static String name(String database, String identifier) {
        return name(database) + "." + name(identifier);
    }

    /** For sessions without NO_BACKSLASH_ESCAPES. */
    static String text(String literal) {
        return "'" + literal.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
