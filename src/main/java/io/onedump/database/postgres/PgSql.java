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

    /**
     * A condition for the rows of some pages; empty for all.
     *
     * @param to behind the last one, {@link Long#MAX_VALUE} for all that there are, also behind the end that was seen
     */
    public static String pages(long from, long to) {
        String below = to == Long.MAX_VALUE ? "" : "ctid < '(" + to + ",0)'::pg_catalog.tid";
        return from == 0
                ? below
                : "ctid >= '(" + from + ",0)'::pg_catalog.tid" + (below.isEmpty() ? "" : " AND " + below);
    }
}
