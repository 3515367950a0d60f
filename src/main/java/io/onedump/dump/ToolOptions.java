package io.onedump.dump;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a tool's options as the tool does: {@code --name=value}, {@code --name value}, any beginning of a long name
 * ({@code --result} for {@code --result-file}), {@code -n value}, {@code -nvalue}, and several short ones in a word
 * ({@code -vFc}). A word that could be a forbidden option counts as one.
 *
 * @param withValue letters of the short options that take a value
 * @param attached  letters of those whose value can only be in the same word
 * @param modifiers what may stand before a long name without making it another option; null for nothing
 */
record ToolOptions(String withValue, String attached, Pattern modifiers) {

    /** The option parser of MySQL and MariaDB, mysys/my_getopt: a hyphen and an underscore are the same to it. */
    static final ToolOptions MYSQL =
            new ToolOptions("hPSurTw", "p#", Pattern.compile("^(loose-)?(skip-|disable-|enable-|maximum-)?"));

    /** getopt_long with the options of pg_dump and pg_dumpall. */
    static final ToolOptions POSTGRES = new ToolOptions("dEfFhjlnNpSTUZt", "", null);

    /** pg_dumpall's {@code -t} takes no value. */
    static final ToolOptions POSTGRES_ALL = new ToolOptions("dEfFhjlnNpSTUZ", "", null);

    /** One option as it was given. */
    private record Given(String name, String value) {
    }

    /** Whether one of the names is among the options, in whichever form. */
    boolean has(List<String> options, Collection<String> names) {
        return given(options).stream().anyMatch(given -> names.stream().anyMatch(name -> means(given, name)));
    }

    /** The value of an option given by its short or its long name; of several the last one counts. */
    Optional<String> value(List<String> options, String shortName, String longName) {
        return given(options).stream().filter(given -> means(given, shortName) || means(given, longName))
                .reduce((first, second) -> second).map(Given::value);
    }

    /** All values of an option given by its long name, which takes one. */
    List<String> values(List<String> options, String name) {
        return given(options).stream().filter(given -> means(given, name) && given.value() != null).map(Given::value)
                .toList();
    }

    /** Whether a word ends the options for the tool, so that what follows counts as names. */
    static boolean endsEarly(List<String> options) {
        return options.contains("--");
    }

    private boolean means(Given given, String name) {
        if (!name.startsWith("--")) {
            return given.name().equals(name);
        }
        // The shortest beginning is left to the tool, which refuses it where it fits several options.
        return given.name().startsWith("--") && given.name().length() > 2 && name.startsWith(given.name());
    }

    private List<Given> given(List<String> options) {
        List<Given> given = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            String word = options.get(i);
            String next = i + 1 < options.size() ? options.get(i + 1) : null;
            if (word.startsWith("--")) {
                int equals = word.indexOf('=');
                String name = longName(equals < 0 ? word : word.substring(0, equals));
                given.add(new Given(name, equals < 0 ? next : word.substring(equals + 1)));
            } else if (word.startsWith("-") && word.length() > 1 && letters(word, next, given)) {
                i++;
            }
        }
        return given;
    }

    private String longName(String word) {
        return modifiers == null
                ? word
                : "--" + modifiers.matcher(word.substring(2).replace('_', '-')).replaceFirst("");
    }

    /** @return whether the next word is the value of the last letter */
    private boolean letters(String word, String next, List<Given> given) {
        for (int i = 1; i < word.length(); i++) {
            String letter = String.valueOf(word.charAt(i));
            boolean last = i == word.length() - 1;
            if (withValue.contains(letter)) {
                given.add(new Given("-" + letter, last ? next : word.substring(i + 1)));
                return last;
            }
            if (attached.contains(letter)) {
                given.add(new Given("-" + letter, last ? null : word.substring(i + 1)));
                return false;
            }
            given.add(new Given("-" + letter, null));
        }
        return false;
    }
}
