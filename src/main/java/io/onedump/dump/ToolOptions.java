package io.onedump.dump;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Reads a tool's options in the forms of getopt: {@code --name=value}, {@code --name value}, {@code -n value}, {@code
 * -nvalue}.
 */
final class ToolOptions {

    private ToolOptions() {
    }

    /** Whether one of the names is among the options, in whichever form. */
    static boolean has(List<String> options, Collection<String> names) {
        return options.stream().anyMatch(option -> names.stream().anyMatch(name -> isNamed(option, name)));
    }

    /** The value of an option given by its short or its long name. */
    static Optional<String> value(List<String> options, String shortName, String longName) {
        for (Iterator<String> i = options.iterator(); i.hasNext();) {
            String option = i.next();
            if (option.equals(shortName) || option.equals(longName)) {
                return i.hasNext() ? Optional.of(i.next()) : Optional.empty();
            }
            if (option.startsWith(longName + "=")) {
                return Optional.of(option.substring(longName.length() + 1));
            }
            if (isNamed(option, shortName)) {
                return Optional.of(option.substring(shortName.length()));
            }
        }
        return Optional.empty();
    }

    private static boolean isNamed(String option, String name) {
        if (name.startsWith("--")) {
            return option.equals(name) || option.startsWith(name + "=");
        }
        return option.startsWith(name) && !option.startsWith("--");
    }
}
