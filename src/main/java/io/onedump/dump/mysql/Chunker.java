package io.onedump.dump.mysql;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.Row;
import io.onedump.database.mysql.Sql;

/**
 * Cuts a large table into ranges of its key, so that several connections read it. Ranges of whole numbers are halved
 * until the server guesses few enough rows in each, which holes and outliers do not mislead; the borders of others are
 * keys that are there.
 */
final class Chunker {

    private static final Set<String> WHOLE = Set.of("tinyint", "smallint", "mediumint", "int", "integer", "bigint");
    private static final Set<String> QUOTED = Set.of("char", "varchar", "binary", "varbinary", "date", "datetime",
            "timestamp", "uuid", "decimal", "numeric", "inet4", "inet6");
    private static final int MOST_CHUNKS = 4000;

    private final MySqlSession session;
    private final TablePlan table;
    private final long most;
    private final List<String> ranges = new ArrayList<>();

    private Chunker(MySqlSession session, TablePlan table, long most) {
        this.session = session;
        this.table = table;
        this.most = most;
    }

    /**
     * Conditions that hold for each row exactly once together, in the order of the key; one empty condition for a table
     * that is read as a whole.
     *
     * @param bytes how many of the table's bytes about one range shall have
     */
    static List<String> ranges(MySqlSession session, TablePlan table, long bytes) throws IOException {
        if (table.key() == null || table.bytes() <= bytes) {
            return List.of("");
        }
        long all = new Chunker(session, table, 0).estimate("");
        long most = (long) Math.max(1000, all * ((double) bytes / table.bytes()));
        Chunker chunker = new Chunker(session, table, most);
        chunker.split("", 0, all);
        return chunker.ranges.size() < 2 ? List.of("") : chunker.ranges;
    }

    /** @param prefix conditions on the columns of the key before that one */
    private void split(String prefix, int column, long rows) throws IOException {
        TablePlan.Key.Part part = column < table.key().parts().size() ? table.key().parts().get(column) : null;
        if (part == null || rows <= most || ranges.size() > MOST_CHUNKS) {
            ranges.add(prefix);
        } else if (WHOLE.contains(part.dataType())) {
            Row ends = session.query("SELECT MIN(" + Sql.name(part.column()) + "), MAX(" + Sql.name(part.column())
                    + ") FROM " + name() + index() + where(prefix)).get(0);
            if (ends.get(0) != null) {
                halve(prefix, column, new BigInteger(ends.get(0)), new BigInteger(ends.get(1)), rows);
            }
        } else if (QUOTED.contains(part.dataType())) {
            walk(prefix, part);
        } else {
            ranges.add(prefix);
        }
    }

    /** Of whole numbers, of which the snapshot has none below {@code low} and none above {@code high}. */
    private void halve(String prefix, int column, BigInteger low, BigInteger high, long rows) throws IOException {
        String range = range(prefix, column, low, high);
        if (rows <= most || ranges.size() > MOST_CHUNKS) {
            ranges.add(range);
        } else if (low.equals(high)) {
            split(range, column + 1, rows);
        } else {
            BigInteger middle = low.add(high).shiftRight(1);
            BigInteger next = middle.add(BigInteger.ONE);
            halve(prefix, column, low, middle, estimate(range(prefix, column, low, middle)));
            halve(prefix, column, next, high, estimate(range(prefix, column, next, high)));
        }
    }

    /** Borders are keys that are there, so that only the server has to know their order. */
    private void walk(String prefix, TablePlan.Key.Part part) throws IOException {
        String column = Sql.name(part.column());
        String last = null;
        while (ranges.size() <= MOST_CHUNKS) {
            String from = last == null ? prefix : and(prefix, column + " > " + last);
            List<byte[][]> next = session.bytes("SELECT " + column + " FROM " + name() + index() + where(from)
                    + " ORDER BY " + column + " LIMIT 1 OFFSET " + most);
            if (next.isEmpty()) {
                break;
            }
            String border = literal(part, next.get(0)[0]);
            ranges.add(and(last == null ? prefix : and(prefix, column + " >= " + last), column + " < " + border));
            last = border;
        }
        ranges.add(last == null ? prefix : and(prefix, column + " >= " + last));
    }

    private static String literal(TablePlan.Key.Part part, byte[] value) {
        if (part.characterSet() != null || part.dataType().endsWith("binary")) {
            StringBuilder hex = new StringBuilder(part.characterSet() == null
                    ? "x'"
                    : "_" + part.characterSet()
                            + " x'");
            for (byte b : value) {
                hex.append(String.format("%02X", b));
            }
            return hex.append('\'').toString();
        }
        return Sql.text(new String(value, StandardCharsets.US_ASCII));
    }

    private long estimate(String condition) throws IOException {
        Row plan = session.query("EXPLAIN SELECT " + Sql.name(table.key().parts().get(0).column()) + " FROM " + name()
                + index() + where(condition)).get(0);
        return plan.get("rows") == null ? 0 : plan.number("rows");
    }

    private String name() {
        return Sql.name(table.database(), table.name());
    }

    private String index() {
        return " FORCE INDEX (" + Sql.name(table.key().name()) + ")";
    }

    private static String where(String condition) {
        return condition.isEmpty() ? "" : " WHERE " + condition;
    }

    private static String and(String one, String other) {
        return one.isEmpty() ? other : one + " AND " + other;
    }

    private String range(String prefix, int column, BigInteger low, BigInteger high) {
        String name = Sql.name(table.key().parts().get(column).column());
        return and(prefix,
                low.equals(high) ? name + " = " + low : name + " >= " + low + " AND " + name + " <= " + high);
    }
}
