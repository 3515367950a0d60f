package io.onedump.restore.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.database.mysql.Sql;

/**
 * Changes statements for another name of a database and another definer. Texts and names are in bytes, one character
 * each.
 *
 * @param databases from names to names; empty to leave all as they are
 * @param definer   what stands behind {@code DEFINER=}, empty for no definer, null to leave it
 */
record Rewriting(Map<String, String> databases, String definer) {

    private static final String ACCOUNT = "(?:`(?:[^`]|``)*`|'(?:[^']|'')*'|[\\w$.%-]+)";
    private static final Pattern DEFINER = Pattern.compile("^(CREATE\\s+(?:OR\\s+REPLACE\\s+)?"
            + "(?:ALGORITHM\\s*=\\s*\\w+\\s+)?)DEFINER\\s*=\\s*" + ACCOUNT + "(?:@" + ACCOUNT + ")?\\s+",
            Pattern.CASE_INSENSITIVE);

    /** The statement with the definer that is wanted. */
    String defined(String create) {
        if (definer == null) {
            return create;
        }
        String now = definer.isEmpty() ? "" : "DEFINER=" + definer + " ";
        return DEFINER.matcher(create).replaceFirst(found -> Matcher.quoteReplacement(found.group(1) + now));
    }

    /** The statement with the new names wherever one stands before a dot. */
    String named(String sql) {
        if (databases.isEmpty()) {
            return sql;
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < sql.length()) {
            int end = isNameStart(sql.charAt(at)) ? wordEnd(sql, at) : SqlText.next(sql, at);
            String part = sql.substring(at, end);
            String to = databases.get(name(part));
            boolean qualifies = to != null && !followsDot(sql, at) && isBeforeDot(sql, end);
            out.append(qualifies ? Sql.name(to) : part);
            at = end;
        }
        return out.toString();
    }

    /** Literal texts that hold a database's old name before a dot, which only somebody who knows them can change. */
    List<String> textsWithOldNames(String sql) {
        List<String> texts = new ArrayList<>();
        for (int at = 0; at < sql.length(); at = SqlText.next(sql, at)) {
            char c = sql.charAt(at);
            if (c == '\'' || c == '"') {
                String text = sql.substring(at, SqlText.next(sql, at));
                if (databases.keySet().stream().anyMatch(name -> text.contains(name + ".")
                        || text.contains("`" + name + "`."))) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_' || c == '$' || c >= 0x80;
    }

    private static int wordEnd(String sql, int from) {
        int at = from;
        while (at < sql.length() && (isNameStart(sql.charAt(at)) || Character.isDigit(sql.charAt(at)))) {
            at++;
        }
        return at;
    }

    private static String name(String part) {
        return part.startsWith("`") && part.length() > 1
                ? part.substring(1, part.length() - 1).replace("``", "`")
                : part;
    }

    private static boolean followsDot(String sql, int at) {
        int before = at - 1;
        while (before >= 0 && Character.isWhitespace(sql.charAt(before))) {
            before--;
        }
        return before >= 0 && (sql.charAt(before) == '.' || sql.charAt(before) == '@');
    }

    private static boolean isBeforeDot(String sql, int at) {
        int after = at;
        while (after < sql.length() && Character.isWhitespace(sql.charAt(after))) {
            after++;
        }
        return after < sql.length() && sql.charAt(after) == '.';
    }
}
