package io.onedump.dump.postgres;

import java.util.List;

/**
 * One object of pg_dump's output.
 *
 * @param id    by which others of the same output refer to it
 * @param key   its number in its catalog, see {@link Dependencies}; 0 for what has none, such as comments
 * @param needs the ids of those that it says something of, where pg_dump tells them
 * @param name  as pg_dump calls it
 * @param type  such as {@code TABLE} or {@code FK CONSTRAINT}
 * @param space the schema, or null
 * @param sql   its statements
 */
record SchemaEntry(int id, long key, List<Integer> needs, String name, String type, String space, String sql) {

    /** Where something is created in a tablespace or with an access method that was set before. */
    private static final List<String> PLACED = List.of("TABLE", "MATERIALIZED VIEW", "INDEX", "CONSTRAINT");

    boolean isPlaced() {
        return PLACED.contains(type);
    }

    /** What says something of others and is nothing by itself. */
    boolean isRemark() {
        return type.equals("COMMENT") || type.equals("ACL") || type.equals("SECURITY LABEL")
                || type.equals("SEQUENCE OWNED BY") || isAttaching();
    }

    /** Whether it makes one a partition of another, both of which are there. */
    boolean isAttaching() {
        return type.equals("TABLE ATTACH") || type.equals("INDEX ATTACH");
    }
}
