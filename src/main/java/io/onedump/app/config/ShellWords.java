package io.onedump.app.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in the arguments of {@code exec:} what only a shell understands: there is none. */
final class ShellWords {

    /** A word, in quotes or not. */
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
    private static final Pattern SYNTAX = Pattern.compile("\\|\\|?|&&?|;|\\|&|&>>?\\S*|\\d*>>?(?:&\\d|&-|[^\\s=]\\S*)?|"
            + "\\d*<<?<?(?:&\\d|\\S*[^>\\s])?|\\$\\(.*|`.*|\\S+;");

    private static final String REMARK = "a word here, such as | > or &&, is for a shell, and exec: starts the program"
            + " without one, so the program gets it as an argument; if a shell is meant, write executable sh and args"
            + " -c \"…\"";

    private ShellWords() {
    }

    /** What to say of arguments that are passed on as they are all the same; nothing of what they hold is in it. */
    static Optional<String> remark(String arguments) {
        Matcher word = WORD.matcher(arguments);
        while (word.find()) {
            if (SYNTAX.matcher(word.group()).matches()) {
                return Optional.of(REMARK);
            }
        }
        return Optional.empty();
    }
}
