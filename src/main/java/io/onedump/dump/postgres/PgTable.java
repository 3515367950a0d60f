package io.onedump.dump.postgres;

import java.util.List;
import java.util.stream.Collectors;

import io.onedump.database.postgres.PgSql;

/**
 * A table and how its rows are read.
 *
 * @param columns all but generated ones
 * @param where   which rows, as SQL; empty for all
 * @param rows    whether they are dumped
 */
record PgTable(PgCatalog.Relation relation, List<String> columns, String where, boolean rows) {

    PgTable {
        columns = List.copyOf(columns);
    }

    String name() {
        return PgSql.name(relation.schema(), relation.name());
    }

    String select() {
        return columns.stream().map(PgSql::name).collect(Collectors.joining(", "));
    }

    /** The statement in front of its rows, and behind them. */
    String copyIn() {
        return "COPY " + name() + (columns.isEmpty() ? "" : " (" + select() + ")") + " FROM stdin;\n";
    }

    /** @param range a condition, or empty for all rows */
    String query(String range) {
        String condition = range.isEmpty() || where.isEmpty() ? where + range : range + " AND (" + where + ")";
        if (condition.isEmpty() && !columns.isEmpty()) {
            return "COPY " + name() + " (" + select() + ") TO STDOUT";
        }
        return "COPY (SELECT " + select() + " FROM ONLY " + name() + (condition.isEmpty() ? "" : " WHERE " + condition)
                + ") TO STDOUT";
    }

    /** What stands behind its name to read all that is dumped. */
    String from() {
        return where.isEmpty() ? "" : "WHERE (" + where + ")";
    }
}
