package io.onedump.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search, in as much of
 * <a href="https://developers.google.com/workspace/drive/api/guides/ref-search-terms">the query language</a> as is
 * needed here: {@code and} between groups, {@code or} between the terms of a group.
 *
 * @param parents the folders that are named, of which one must be a found file's
 * @param groups  what else must be true
 */
record DriveQuery(List<String> parents, List<Predicate<DriveItem>> groups) {

    private static final String TEXT = "'(?:[^'\\\\]|\\\\.)*'";
    private static final String PARENT = TEXT + "\\s+in\\s+parents";
    private static final String COMPARISON = "(?:name|mimeType)\\s*!?=\\s*" + TEXT;
    private static final String TRASHED = "trashed\\s*=\\s*(?:true|false)";
    private static final String ANY = "(?:" + PARENT + "|" + COMPARISON + "|" + TRASHED + ")";
    private static final Pattern TERM = Pattern.compile(ANY);
    private static final Pattern GROUP =
            Pattern.compile("\\s*\\(?\\s*(" + ANY + "(?:\\s+or\\s+" + ANY + ")*)\\s*\\)?\\s*(?:and\\b|$)");

    /** @throws IllegalArgumentException when it is not understood */
    static DriveQuery parse(String text) {
        DriveQuery query = new DriveQuery(new ArrayList<>(), new ArrayList<>());
        Matcher group = GROUP.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!group.find(end) || group.start() != end) {
                throw new IllegalArgumentException("Invalid Value at " + text.substring(end));
            }
            query.add(group.group(1));
            end = group.end();
        }
        return query;
    }

    boolean matches(DriveItem item) {
        return groups.stream().allMatch(group -> group.test(item));
    }

    private void add(String group) {
        Predicate<DriveItem> any = null;
        Matcher term = TERM.matcher(group);
        while (term.find()) {
            if (term.group().endsWith("parents")) {
                parents.add(text(term.group()));
            } else {
                any = any == null ? predicate(term.group()) : any.or(predicate(term.group()));
            }
        }
        if (any != null) {
            groups.add(any);
        }
    }

    private static Predicate<DriveItem> predicate(String term) {
        if (term.startsWith("trashed")) {
            return item -> item.trashed() == term.endsWith("true");
        }
        String value = text(term);
        boolean equal = !term.substring(0, term.indexOf('\'')).contains("!");
        return term.startsWith("name")
                ? item -> item.name().equals(value) == equal
                : item -> item.type().equals(value) == equal;
    }

    private static String text(String term) {
        return term.substring(term.indexOf('\'') + 1, term.lastIndexOf('\'')).replaceAll("\\\\(.)", "$1");
    }
}
