package io.onedump.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search, in as much of
 * <a href="https://developers.google.com/workspace/drive/api/guides/ref-search-terms">the query language</a> as is
 * needed here: terms with {@code and} between them.
 *
 * @param parents the folders that are named
 */
record DriveQuery(List<String> parents, List<Predicate<DriveItem>> terms) {

    private static final String TEXT = "'((?:[^'\\\\]|\\\\.)*)'";
    private static final Pattern TERM = Pattern.compile(
            "\\s*\\(?(?:" + TEXT + " in parents|(name|mimeType)\\s*(!?=)\\s*" + TEXT + "|trashed\\s*=\\s*(true|false))\\)?"
                    + "\\s*(?:and|$)");

    /** @throws IllegalArgumentException when it is not understood */
    static DriveQuery parse(String text) {
        DriveQuery query = new DriveQuery(new ArrayList<>(), new ArrayList<>());
        Matcher term = TERM.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!term.find(end) || term.start() != end) {
                throw new IllegalArgumentException("Invalid Value at " + text.substring(end));
            }
            query.add(term);
            end = term.end();
        }
        return query;
    }

    boolean matches(DriveItem item) {
        return terms.stream().allMatch(term -> term.test(item));
    }

    private void add(Matcher term) {
        String parent = unquote(term.group(1));
        String value = unquote(term.group(4));
        boolean equal = "=".equals(term.group(3));
        if (parent != null) {
            parents.add(parent);
        } else if (term.group(5) != null) {
            boolean trashed = Boolean.parseBoolean(term.group(5));
            terms.add(item -> item.trashed() == trashed);
        } else if (term.group(2).equals("name")) {
            terms.add(item -> item.name().equals(value) == equal);
        } else {
            terms.add(item -> item.type().equals(value) == equal);
        }
    }

    private static String unquote(String text) {
        return text == null ? null : text.replaceAll("\\\\(.)", "$1");
    }
}
