package io.onedump.servers;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Collects the lines of a {@link DatabaseSnapshot}. */
final class SnapshotQueries {

    private final Connection connection;
    private final List<String> lines = new ArrayList<>();

    SnapshotQueries(Connection connection) {
        this.connection = connection;
    }

    DatabaseSnapshot snapshot() {
        return new DatabaseSnapshot(lines);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A line for each row of a query: what it is, then name and text of each column. */
    void describe(String what, String sql) throws SQLException {
        rows(sql, what, ResultSet::getString);
    }

    /** The same for columns that hold values as hexadecimal digits. */
    void describeHex(String what, String sql) throws SQLException {
        rows(sql, what, (rows, column) -> {
            String hex = rows.getString(column);
            return hex == null ? null : readable(HexFormat.of().parseHex(hex));
        });
    }

    /** The first column of each row. */
    List<String> names(String sql) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    @FunctionalInterface
    private interface Column {
        String text(ResultSet rows, int column) throws SQLException;
    }

    private void rows(String sql, String what, Column value) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            ResultSetMetaData columns = rows.getMetaData();
            while (rows.next()) {
                StringBuilder line = new StringBuilder(what);
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    String text = value.text(rows, i);
                    line.append(" | ").append(columns.getColumnLabel(i)).append('=')
                            .append(text == null ? "NULL" : "'" + text + "'");
                }
                lines.add(line.toString());
            }
        }
    }

    /** The text itself where the bytes are UTF-8 without control characters, else the bytes as hexadecimal digits. */
    private static String readable(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // Not text.
        }
        return "x" + HexFormat.of().formatHex(bytes);
    }
}
