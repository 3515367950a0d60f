package io.onedump.app.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a {@link Problem} of what Camel's YAML loader throws. */
final class YamlProblems {

    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private YamlProblems() {
    }

    static Problem of(String file, Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && (cause.getMessage() == null || !LINE.matcher(cause.getMessage()).find())) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        Matcher line = LINE.matcher(message);
        return new Problem(file, line.find() ? Integer.parseInt(line.group(1)) : 0, null, null, null,
                "not understood as Camel YAML: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
