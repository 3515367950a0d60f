package io.onedump.app.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.onedump.artifact.Nearest;
import org.apache.camel.CamelContext;

/** A misspelt function of a placeholder is a name with a default: the file's path would be the password. */
final class PlaceholderFunctions {

    private static final List<String> FUNCTIONS = List.of("file", "env", "sys");
    private static final Pattern PATH = Pattern.compile("[/~.].*");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

    private PlaceholderFunctions() {
    }

    /** @param text what stands between the braces */
    static Optional<String> problem(CamelContext context, String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon);
        String value = text.substring(colon + 1);
        boolean looksLikeOne = name.matches("[a-z]{2,5}") && !FUNCTIONS.contains(name)
                && (PATH.matcher(value).matches() || VARIABLE.matcher(value).matches());
        if (!looksLikeOne || context.getPropertiesComponent().resolveProperty(name).isPresent()) {
            return Optional.empty();
        }
        String meant = Nearest.suggestion(name, FUNCTIONS);
        return meant.isEmpty()
                ? Optional.empty()
                : Optional.of("the property " + name + " is not set, so that its default '" + value
                        + "' would be the value" + meant);
    }
}
