package io.onedump.dump.postgres;

import java.util.List;
import java.util.stream.Collectors;

import io.onedump.database.postgres.PgSql;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.DumpedRows;

/** A table, how its rows are read, and what was dumped of them so far. */
final class PgTable {

    private final PgCatalog.Relation relation;
    private final List<String> columns;
    private final String where;
    private final boolean rows;
    private final DumpedRows dumped = new DumpedRows();

    /**
     * @param columns all but generated ones
     * @param where   which rows, as SQL; empty for all
     * @param rows    whether they are dumped
     */
    PgTable(PgCatalog.Relation relation, List<String> columns, String where, boolean rows) {
        this.relation = relation;
        this.columns = List.copyOf(columns);
        this.where = where;
        this.rows = rows;
    }

    PgCatalog.Relation relation() {
        return relation;
    }

    boolean hasRows() {
        return rows;
    }

    DumpedRows dumped() {
        return dumped;
    }

    DumpIndex.Table entry() {
        return dumped.entry(relation.schema(), relation.name(), "table", columns, select(), from());
    }

    private String name() {
        return PgSql.name(relation.schema(), relation.name());
    }

    private String select() {
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
    private String from() {
        return where.isEmpty() ? "" : "WHERE (" + where + ")";
    }
}
