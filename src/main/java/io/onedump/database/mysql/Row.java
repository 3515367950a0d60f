package io.onedump.database.mysql;

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

    public String get(int index) {
        return values.get(index);
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
