package io.onedump.database.mysql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an account may do to whole databases, as SHOW GRANTS prints it.
 *
 * @param lines one for each grant
 */
public record Grants(List<String> lines) {

    /** Everything, or one database whose name is a pattern of LIKE; grants of a table are of no interest. */
    private static final Pattern GRANT =
            Pattern.compile("GRANT (.+) ON (?:(\\*)|[`\"](.+)[`\"])\\.\\* TO .*", Pattern.DOTALL);
    private static final Pattern ROLE = Pattern.compile("GRANT [`'\"].*", Pattern.DOTALL);

    public Grants {
        lines = List.copyOf(lines);
    }

    /** Whether roles or revoked parts may make it more or less than the lines say. */
    public boolean isUnclear() {
        return lines.stream().anyMatch(line -> ROLE.matcher(line).matches() || !line.startsWith("GRANT "));
    }

    /** Those privileges that no line gives on a database. */
    public List<String> missing(Collection<String> privileges, String database) {
        List<String> missing = new ArrayList<>(privileges);
        for (String line : lines) {
            Matcher grant = GRANT.matcher(line);
            if (grant.matches() && (grant.group(2) != null || covers(grant.group(3), database))) {
                List<String> granted = List.of(grant.group(1).toUpperCase(Locale.ROOT).split(", *"));
                missing.removeIf(
                        privilege -> granted.contains(privilege) || granted.contains("ALL PRIVILEGES"));
            }
        }
        return missing;
    }

    private static boolean covers(String quoted, String database) {
        StringBuilder regex = new StringBuilder();
        String pattern = quoted.replace("``", "`");
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(pattern.substring(++i, i + 1)));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL | Pattern.CASE_INSENSITIVE).matcher(database).matches();
    }
}
