package io.onedump.database.postgres;

/** Walks over SQL as PostgreSQL's scanner does: what is inside of quotes and comments is passed over as one. */
public final class SqlScan {

    private SqlScan() {
    }

    /** Where the text goes on behind what begins at {@code at}: a quoted text or name, a comment, or one character. */
    public static int next(String sql, int at) {
        char c = sql.charAt(at);
        return switch (c) {
            case '\'' -> quoted(sql, at + 1, '\'', isEscaping(sql, at));
            case '"' -> quoted(sql, at + 1, '"', false);
            case '-' -> sql.startsWith("--", at) ? after(sql, "\n", at) : at + 1;
            case '/' -> sql.startsWith("/*", at) ? comment(sql, at + 2) : at + 1;
            case '$' -> dollar(sql, at);
            default -> at + 1;
        };
    }

    private static int quoted(String sql, int from, char quote, boolean escapes) {
        for (int i = from; i < sql.length(); i++) {
            if (escapes && sql.charAt(i) == '\\') {
                i++;
            } else if (sql.charAt(i) == quote) {
                return i + 1;
            }
        }
        return sql.length();
    }

    /** Whether it is {@code E'…'}. */
    private static boolean isEscaping(String sql, int at) {
        return at > 0 && (sql.charAt(at - 1) == 'E' || sql.charAt(at - 1) == 'e')
                && (at == 1 || !isPartOfName(sql.charAt(at - 2)));
    }

    private static int comment(String sql, int from) {
        int depth = 1;
        int at = from;
        while (at < sql.length() && depth > 0) {
            if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else {
                at++;
            }
        }
        return at;
    }

    private static int dollar(String sql, int at) {
        if (at > 0 && isPartOfName(sql.charAt(at - 1))) {
            return at + 1;
        }
        int end = at + 1;
        while (end < sql.length() && sql.charAt(end) != '$' && isPartOfName(sql.charAt(end))) {
            end++;
        }
        boolean tag = end < sql.length() && sql.charAt(end) == '$' && !Character.isDigit(sql.charAt(at + 1));
        return tag ? after(sql, sql.substring(at, end + 1), end + 1) : at + 1;
    }

    private static int after(String sql, String what, int from) {
        int found = sql.indexOf(what, from);
        return found < 0 ? sql.length() : found + what.length();
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 127;
    }
}
