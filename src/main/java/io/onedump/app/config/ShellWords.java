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

    private ShellWords() {
    }

    static Optional<String> problem(String arguments) {
        Matcher word = WORD.matcher(arguments);
        while (word.find()) {
            if (SYNTAX.matcher(word.group()).matches()) {
                return Optional.of("'" + word.group() + "' is for a shell, and exec: starts the program without one, so"
                        + " the program would get it as an argument; write executable sh and args -c \"…\", or put it"
                        + " in double quotes if the program shall get it");
            }
        }
        return Optional.empty();
    }
}
