package io.onedump.restore.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What SHOW CREATE TABLE says, taken apart into what a table needs while its rows come and what is built faster
 * afterwards.
 */
final class TableDefinition {

    private static final Pattern KEY = Pattern.compile("(UNIQUE |FULLTEXT |SPATIAL |VECTOR )?(KEY|INDEX) .*",
            Pattern.DOTALL);
    private static final Pattern FOREIGN =
            Pattern.compile("(CONSTRAINT `(?:[^`]|``)*` )?FOREIGN KEY .*", Pattern.DOTALL);
    private static final Pattern KEY_NAME =
            Pattern.compile("(?:\\w+ )?(?:KEY|INDEX) `((?:[^`]|``)*)` .*", Pattern.DOTALL);
    private static final Pattern CONSTRAINT_NAME =
            Pattern.compile("CONSTRAINT `((?:[^`]|``)*)` FOREIGN KEY .*", Pattern.DOTALL);
    private static final Pattern FIRST_COLUMN = Pattern.compile("[^(]*\\(`((?:[^`]|``)*)`.*", Pattern.DOTALL);
    private static final Pattern COUNTED =
            Pattern.compile("`((?:[^`]|``)*)` [^'\"]* AUTO_INCREMENT.*", Pattern.DOTALL);

    private final String head;
    private final List<String> kept = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();
    private final String options;

    private TableDefinition(String head, List<String> items, String options) {
        this.head = head;
        this.options = options;
        boolean primary = items.stream().anyMatch(item -> item.startsWith("PRIMARY KEY"));
        String counted = items.stream().map(COUNTED::matcher).filter(Matcher::matches).map(found -> found.group(1))
                .findFirst().orElse(null);
        for (String item : items) {
            if (FOREIGN.matcher(item).matches()) {
                foreign.add(item);
            } else if (KEY.matcher(item).matches() && !isNeeded(item, primary, counted)) {
                keys.add(item);
            } else {
                kept.add(item);
            }
        }
    }

    /** Rows are kept in the order of a unique key where there is no primary one, and a counter has to be a key. */
    private static boolean isNeeded(String key, boolean primary, String counted) {
        Matcher first = FIRST_COLUMN.matcher(key);
        return key.startsWith("UNIQUE") && !primary
                || counted != null && first.matches() && first.group(1).equals(counted);
    }

    /** @return null for a statement that is none of the kind: it is better run as it is */
    static TableDefinition of(String create) {
        int open = create.indexOf('(');
        if (!create.startsWith("CREATE TABLE `") || open < 0) {
            return null;
        }
        int at = SqlText.next(create, "CREATE TABLE ".length());
        open = create.indexOf('(', at);
        if (open < 0) {
            return null;
        }
        List<String> items = new ArrayList<>();
        int depth = 0;
        int from = open + 1;
        for (int i = open; i < create.length(); i = SqlText.next(create, i)) {
            char c = create.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ',' && depth == 1) {
                items.add(create.substring(from, i).strip());
                from = i + 1;
            } else if (c == ')' && --depth == 0) {
                items.add(create.substring(from, i).strip());
                return new TableDefinition(create.substring(0, open), items, create.substring(i));
            }
        }
        return null;
    }

    /** The table with all its keys but without what refers to other tables. */
    String withKeys() {
        List<String> all = new ArrayList<>(kept);
        all.addAll(keys);
        return statement(all);
    }

    /** The table with no more keys than its rows need to come in. */
    String bare() {
        return statement(kept);
    }

    private String statement(List<String> items) {
        return head + "(\n  " + String.join(",\n  ", items) + "\n" + options;
    }

    /**
     * What builds its keys behind {@code ALTER TABLE …}, in one statement as far as the server can. Full-text, spatial
     * and vector keys take one each.
     *
     * @param there names of those that it has already
     */
    List<String> additions(List<String> there) {
        List<String> missing = keys.stream().filter(key -> !there.contains(name(KEY_NAME, key))).toList();
        List<String> plain = missing.stream().filter(TableDefinition::isPlain).toList();
        List<String> all = new ArrayList<>();
        if (!plain.isEmpty()) {
            all.add(added(plain));
        }
        missing.stream().filter(key -> !isPlain(key)).forEach(key -> all.add(added(List.of(key))));
        return all;
    }

    /** The same for its foreign keys: one statement, or empty when there is nothing to add. */
    String references(List<String> there) {
        return added(foreign.stream().filter(key -> !there.contains(name(CONSTRAINT_NAME, key))).toList());
    }

    boolean hasKeys() {
        return !keys.isEmpty();
    }

    boolean hasReferences() {
        return !foreign.isEmpty();
    }

    private static boolean isPlain(String key) {
        return key.startsWith("KEY") || key.startsWith("UNIQUE");
    }

    private static String added(List<String> items) {
        return items.stream().map(item -> "ADD " + item).collect(Collectors.joining(", "));
    }

    private static String name(Pattern pattern, String item) {
        Matcher name = pattern.matcher(item);
        return name.matches() ? name.group(1).replace("``", "`") : "";
    }
}
