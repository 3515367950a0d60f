package io.onedump.restore.mysql;

/** Steps through SQL without falling into its quotes and comments. */
final class SqlText {

    private SqlText() {
    }

    /** The index behind the character, the quoted text or the comment that begins there. */
    static int next(String sql, int at) {
        char c = sql.charAt(at);
        if (c == '\'' || c == '"' || c == '`') {
            return quoteEnd(sql, at, c);
        }
        if (c == '#' || c == '-' && sql.startsWith("-- ", at)) {
            int end = sql.indexOf('\n', at);
            return end < 0 ? sql.length() : end;
        }
        // What stands in /*! */ is for the server to read, so that only its marks are passed over.
        if (sql.startsWith("/*", at) && !sql.startsWith("/*!", at) && !sql.startsWith("/*M!", at)) {
            int end = sql.indexOf("*/", at + 2);
            return end < 0 ? sql.length() : end + 2;
        }
        return at + 1;
    }

    private static int quoteEnd(String sql, int from, char quote) {
        int at = from + 1;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\\' && quote != '`') {
                at += 2;
            } else if (c == quote && at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
                at += 2;
            } else if (c == quote) {
                return at + 1;
            } else {
                at++;
            }
        }
        return sql.length();
    }
}
