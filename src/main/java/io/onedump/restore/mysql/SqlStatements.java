package io.onedump.restore.mysql;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the SQL of a frame into its statements, as the servers' own clients do: at semicolons outside of quotes and
 * comments, or at what a DELIMITER line names. The text is in bytes, one character each.
 */
final class SqlStatements {

    private static final String DELIMITER = "DELIMITER ";

    private final String sql;
    private final List<String> statements = new ArrayList<>();
    private String delimiter = ";";
    private int at;

    private SqlStatements(String sql) {
        this.sql = sql;
    }

    /** Without their delimiters, in order; comments between them are left out. */
    static List<String> of(byte[] frame) {
        SqlStatements all = new SqlStatements(new String(frame, StandardCharsets.ISO_8859_1));
        all.read();
        return all.statements;
    }

    private void read() {
        while (skipBlanks()) {
            if (sql.startsWith(DELIMITER, at)) {
                int end = lineEnd(at);
                delimiter = sql.substring(at + DELIMITER.length(), end).strip();
                at = end;
            } else {
                int end = delimiter.equals(";") ? end(at) : sql.indexOf("\n" + delimiter, at);
                int whole = end < 0 ? sql.length() : end;
                statements.add(sql.substring(at, whole));
                at = end < 0 ? sql.length() : end + delimiter.length() + (delimiter.equals(";") ? 0 : 1);
            }
        }
    }

    /** Also over comments that end with their line. */
    private boolean skipBlanks() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = lineEnd(at);
            } else {
                return true;
            }
        }
        return false;
    }

    private int lineEnd(int from) {
        int end = sql.indexOf('\n', from);
        return end < 0 ? sql.length() : end;
    }

    private int end(int from) {
        int i = from;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == ';') {
                return i;
            }
            i = SqlText.next(sql, i);
        }
        return -1;
    }
}
