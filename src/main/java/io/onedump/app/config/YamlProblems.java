package io.onedump.app.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.artifact.Nearest;

/** Makes a {@link Problem} of what Camel's YAML loader throws. */
final class YamlProblems {

    static final String NOT_UNDERSTOOD = "not understood as Camel YAML: ";
    private static final Pattern UNKNOWN =
            Pattern.compile("(?:Unsupported field|Unknown node id|Unknown node|Unknown parameter): ?'?([A-Za-z-]+)");
    /** What jobs are mostly written with. */
    private static final List<String> WORDS = List.of("route", "id", "description", "group", "from", "uri",
            "parameters", "steps", "to", "toD", "log", "setBody", "setHeader", "setVariable", "choice", "when",
            "otherwise", "simple", "constant", "expression", "multicast", "parallelProcessing", "doTry", "doCatch",
            "doFinally", "exception", "onException", "routeConfiguration", "redeliveryPolicy", "handled", "bean",
            "stop",
            "filter", "split", "loop", "delay", "name", "message", "precondition", "autoStartup", "errorHandler");
    private static final Pattern QUOTED =
            Pattern.compile("\"([^\"]+)\"|\\[([^\\]]+)]|with name: ([\\w.-]+)");
    private static final Pattern MEANT = Pattern.compile("; did you mean ([A-Za-z-]+)\\?$");
    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private YamlProblems() {
    }

    /**
     * @param text in which the line is looked for where Camel does not say it
     */
    static Problem of(String file, Throwable thrown, RouteText text) {
        Throwable cause = thrown;
        while (cause.getCause() != null && (cause.getMessage() == null || !LINE.matcher(cause.getMessage()).find())) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        Matcher line = LINE.matcher(message);
        return new Problem(file, line.find() ? Integer.parseInt(line.group(1)) : text.lineWith(quoted(message)), null,
                null, null,
                NOT_UNDERSTOOD + message.strip().replaceAll("\\s*\\R\\s*", " ")
                        + suggestion(message));
    }

    /** What a message without a line says of the text, most telling first. */
    private static List<String> quoted(String message) {
        return Stream.concat(QUOTED.matcher(message).results().map(found -> Stream
                .of(found.group(1), found.group(2), found.group(3)).filter(Objects::nonNull).findFirst().orElseThrow()),
                Stream.of(message.strip())).toList();
    }

    /** The key that Camel does not know in its place, of a problem that was made of that. */
    static Optional<String> unsupported(Problem problem) {
        Matcher unknown = UNKNOWN.matcher(problem.message());
        return problem.message().contains("Unsupported field") && unknown.find()
                ? Optional.of(unknown.group(1))
                : Optional.empty();
    }

    /** The word that was suggested; null for none. */
    static String meant(Problem problem) {
        Matcher meant = MEANT.matcher(problem.message());
        return meant.find() ? meant.group(1) : null;
    }

    private static String suggestion(String message) {
        Matcher unknown = UNKNOWN.matcher(message);
        if (message.contains("Unsupported field: steps")) {
            return "; steps belong to from, so they stand two columns further right than its word";
        }
        return unknown.find() ? Nearest.suggestion(unknown.group(1), WORDS) : "";
    }
}
