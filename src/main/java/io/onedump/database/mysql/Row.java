package io.onedump.database.mysql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;

/**
 * One row of a text-protocol result.
 *
 * @param columns names as the server gives them, the same list for all rows of a result
 * @param values  in the order of the columns; null for SQL's NULL
 */
public record Row(List<String> columns, List<String> values) {

    public Row {
        if (columns.size() != values.size()) {
            throw new IllegalArgumentException(columns.size() + " columns but " + values.size() + " values");
        }
        values = Collections.unmodifiableList(values);
    }

    /** @throws UncheckedIOException where there is no such column: the server answers something else */
    public String get(int index) {
        if (index >= values.size()) {
            throw new UncheckedIOException(broken("it answers with " + values.size() + " columns, and "
                    + (index + 1) + " or more were asked for"));
        }
        return values.get(index);
    }

    /** @throws IOException where the value is no whole number: the server answers something else */
    public long number(int index) throws IOException {
        return number(String.valueOf(index + 1), get(index));
    }

    /** The same by the column's name. */
    public long number(String column) throws IOException {
        return number(column, get(column));
    }

    private static long number(String column, String value) throws IOException {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw broken("it answers with " + (value == null
                    ? "nothing"
                    : "a text of " + value.length()
                            + " characters")
                    + " where column " + column + " should be a number");
        }
    }

    /** The first of the rows of an answer that never has none. */
    public static Row only(List<Row> rows) throws IOException {
        if (rows.isEmpty()) {
            throw broken("it answers with no row where one was asked for");
        }
        return rows.get(0);
    }

    static IOException broken(String what) {
        return new IOException("the server does not keep to its protocol: " + what + "; check that the address is that"
                + " of the database, and no other program answers there");
    }

    /** The value of a column, whatever the case of its name; null for SQL's NULL and where there is no such column. */
    public String get(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).equalsIgnoreCase(column)) {
                return values.get(i);
            }
        }
        return null;
    }
}
