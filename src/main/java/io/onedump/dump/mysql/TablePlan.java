package io.onedump.dump.mysql;

import java.util.List;
import java.util.stream.Collectors;

import io.onedump.database.mysql.Sql;

/**
 * A table and how its rows are read.
 *
 * @param create  what SHOW CREATE TABLE says
 * @param key     the columns of its primary key, or else of its first unique key without NULL; empty for none
 * @param bytes   how many its rows have, as the server guesses
 * @param history whether its rows of the past are read too
 * @param where   which rows, as SQL; null for all
 * @param named   whether its frames name its database
 * @param rows    whether its rows are dumped
 */
record TablePlan(String database, String name, String engine, byte[] create, List<Column> columns, Key key,
        long bytes, boolean history, String where, boolean named, boolean rows) {

    private static final List<String> TRANSACTIONAL = List.of("InnoDB", "ROCKSDB", "TokuDB");
    private static final List<String> ROW_PERIOD = List.of("row_start", "row_end");

    /** What a key is called and which columns it has, with their types. */
    record Key(String name, List<Part> parts) {

        record Part(String column, String dataType, String characterSet) {
        }
    }

    TablePlan {
        columns = List.copyOf(columns);
    }

    /** Whether its rows are no part of a snapshot. */
    boolean isLoose() {
        return rows && !TRANSACTIONAL.contains(engine);
    }

    /** Empty, or the statement with which each of its frames begins. */
    String use() {
        return named ? "USE " + Sql.name(database) + ";\n" : "";
    }

    String insert() {
        return "INSERT INTO " + Sql.name(name) + " (" + columns.stream().map(column -> Sql.name(column.name()))
                .collect(Collectors.joining(",")) + ") VALUES\n";
    }

    String select() {
        return columns.stream().map(Column::expression).collect(Collectors.joining(","));
    }

    /** What stands behind its name to read all that is dumped. */
    String from() {
        String time = history ? "FOR SYSTEM_TIME ALL" : "";
        return where == null ? time : (time + " WHERE (" + where + ")").strip();
    }

    /** @param range a condition, or empty for all rows */
    String query(String range) {
        StringBuilder sql = new StringBuilder("SELECT /*!40001 SQL_NO_CACHE */ ").append(select()).append(" FROM ")
                .append(Sql.name(database, name));
        if (history) {
            sql.append(" FOR SYSTEM_TIME ALL");
        }
        if (!range.isEmpty()) {
            sql.append(" FORCE INDEX (").append(Sql.name(key.name())).append(")");
        }
        if (!range.isEmpty() || where != null) {
            sql.append(" WHERE ").append(range.isEmpty() ? "" : range).append(!range.isEmpty() && where != null
                    ? " AND "
                    : "").append(where == null ? "" : "(" + where + ")");
        }
        return sql.toString();
    }

    /** The columns that MariaDB adds to a table with a history unless it names its own. */
    static List<String> rowPeriod() {
        return ROW_PERIOD;
    }

    @Override
    public String toString() {
        return database + "." + name;
    }
}
