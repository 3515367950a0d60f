package io.onedump.storage.retention;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The paths that a job's own path and file name can produce. Both may be Simple expressions; what they put in stands
 * for any text without a slash, digits where it is a date.
 */
public final class NamePattern {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(?:[^{}]|\\{[^{}]*})*}|\\$simple\\{[^}]*}");

    private static final Pattern DATE = Pattern.compile("\\$(simple)?\\{date(-with-timezone)?:");

    private final Pattern pattern;
    private final String prefix;

    private NamePattern(Pattern pattern, String prefix) {
        this.pattern = pattern;
        this.prefix = prefix;
    }

    /**
     * @param  template                 a path, or a Simple expression for one
     * @throws IllegalArgumentException when nothing of it is fixed, because then it fits other jobs' artifacts too
     */
    public static NamePattern of(String template) {
        StringBuilder regex = new StringBuilder();
        Matcher expression = EXPRESSION.matcher(template);
        int end = 0;
        int fixed = 0;
        String prefix = null;
        while (expression.find()) {
            String literal = template.substring(end, expression.start());
            prefix = prefix == null ? literal : prefix;
            fixed += literal.chars().filter(Character::isLetterOrDigit).count();
            regex.append(Pattern.quote(literal))
                    .append(DATE.matcher(expression.group()).lookingAt() ? "[0-9TZ_.:+-]+" : "[^/]+");
            end = expression.end();
        }
        String rest = template.substring(end);
        fixed += rest.replaceFirst("\\.[^/]*$", "").chars().filter(Character::isLetterOrDigit).count();
        if (fixed == 0) {
            throw new IllegalArgumentException("'" + template + "' has no fixed part but its ending, so it may name"
                    + " other"
                    + " jobs' artifacts; put the job's name into path or fileName");
        }
        regex.append(Pattern.quote(rest)).append("(\\.gz|\\.zst)?");
        return new NamePattern(Pattern.compile(regex.toString()), prefix == null ? template : prefix);
    }

    public boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    /** What all such paths begin with. */
    public String prefix() {
        return prefix;
    }
}
