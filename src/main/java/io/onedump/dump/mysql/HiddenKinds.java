package io.onedump.dump.mysql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a database an account cannot see. A server shows triggers and events to nobody without the privilege of their
 * name, and says nothing of those that it hides.
 */
final class HiddenKinds {

    private static final List<String> PRIVILEGES = List.of("TRIGGER", "EVENT");

    /** Everything, or one database whose name is a pattern of LIKE: grants of a table show its own triggers only. */
    private static final Pattern GRANT =
            Pattern.compile("GRANT (.+) ON (?:(\\*)|[`\"](.+)[`\"])\\.\\* TO .*", Pattern.DOTALL);

    private HiddenKinds() {
    }

    /** @param grants as SHOW GRANTS prints them */
    static List<String> missing(List<String> grants, String database) {
        List<String> missing = new ArrayList<>(PRIVILEGES);
        for (String grant : grants) {
            Matcher matcher = GRANT.matcher(grant);
            if (matcher.matches() && (matcher.group(2) != null || covers(matcher.group(3), database))) {
                List<String> granted = List.of(matcher.group(1).toUpperCase(Locale.ROOT).split(", *"));
                missing.removeIf(privilege -> granted.contains(privilege) || granted.contains("ALL PRIVILEGES"));
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
