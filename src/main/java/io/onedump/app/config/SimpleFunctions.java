package io.onedump.app.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.Nearest;
import io.onedump.artifact.RootCause;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultExchange;

/** Camel reads the inside of many functions of Simple only when a run has begun: here they are tried before. */
final class SimpleFunctions {

    private static final Pattern DATE = Pattern.compile("\\$(?:simple)?\\{date(-with-timezone)?:([^{}]*)}");
    /** Camel takes every word that begins so for the exchange itself. */
    private static final Pattern EXCHANGE = Pattern.compile("\\$(?:simple)?\\{(exchange[A-Za-z]*)");
    private static final List<String> OF_EXCHANGE = List.of("exchange", "exchangeId", "exchangeProperty");
    private static final Pattern FIXED = Pattern.compile("(now|millis|exchangeCreated)\\b.*");
    private static final Pattern OF_MESSAGE = Pattern.compile("(header|variable|exchangeProperty|property|file)\\b.*");
    /** What needs nothing of the message to fail. */
    private static final Pattern TRIED =
            Pattern.compile("\\$(?:simple)?\\{(?:type|properties|propertiesExist|random|hash|uuid)[:(][^${}]*}");
    private static final Pattern CLASS =
            Pattern.compile("\\$(?:simple)?\\{(?:mandatoryBodyAs|bodyAs|bodyAsIndex)\\(\\s*([\\w.$\\[\\]]+)\\s*[,)]"
                    + "|\\$(?:simple)?\\{headerAs\\([^,(){}]+,\\s*([\\w.$\\[\\]]+)\\s*\\)");
    private static final Pattern BEAN = Pattern.compile("\\$(?:simple)?\\{ref:([\\w.-]+)}");
    private static final List<String> CLASSES = List.of("java.lang.String", "java.lang.Integer", "java.lang.Long",
            "java.io.File", "java.io.InputStream", "java.util.Map", "java.util.List", "io.onedump.artifact.Artifact");

    private SimpleFunctions() {
    }

    /** What is wrong with the first that is wrong. */
    static Optional<String> problem(CamelContext context, String expression) {
        return exchange(expression).or(() -> dates(context, expression)).or(() -> classes(context, expression))
                .or(() -> beans(context, expression)).or(() -> tried(context, expression));
    }

    private static Optional<String> exchange(String expression) {
        Matcher exchange = EXCHANGE.matcher(expression);
        while (exchange.find()) {
            if (!OF_EXCHANGE.contains(exchange.group(1))) {
                return Optional.of("there is no function '" + exchange.group(1) + "'"
                        + Nearest.suggestion(exchange.group(1), OF_EXCHANGE));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> dates(CamelContext context, String expression) {
        Matcher date = DATE.matcher(expression);
        while (date.find()) {
            String command = date.group(2);
            String[] parts = command.split(":", 3);
            if (date.group(1) != null && parts.length == 3) {
                try {
                    Schedule.zone(parts[1]);
                } catch (IllegalArgumentException e) {
                    return Optional.of(e.getMessage());
                }
            }
            if (FIXED.matcher(command).matches()) {
                Optional<String> problem = evaluated(context, date.group());
                if (problem.isPresent()) {
                    return problem;
                }
            } else if (!OF_MESSAGE.matcher(command).matches()) {
                String word = command.split("[^A-Za-z]", 2)[0];
                return Optional.of("'" + date.group() + "': there is no date '" + word + "'"
                        + Nearest.suggestion(word, List.of("now", "millis", "exchangeCreated", "header", "variable")));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> classes(CamelContext context, String expression) {
        return CLASS.matcher(expression).results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .filter(name -> context.getClassResolver().resolveClass(name) == null).findFirst()
                .map(name -> "there is no class " + name + Nearest.suggestion(name, CLASSES));
    }

    private static Optional<String> beans(CamelContext context, String expression) {
        return BEAN.matcher(expression).results().map(found -> found.group(1))
                .filter(name -> context.getRegistry().lookupByName(name) == null).findFirst()
                .map(name -> "there is no bean " + name + Beans.suggestion(context, name));
    }

    private static Optional<String> tried(CamelContext context, String expression) {
        return TRIED.matcher(expression).results().flatMap(found -> evaluated(context, found.group()).stream())
                .findFirst();
    }

    private static Optional<String> evaluated(CamelContext context, String function) {
        try {
            context.resolveLanguage("simple").createExpression(function)
                    .evaluate(new DefaultExchange(context), String.class);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("'" + function + "': " + RootCause.of(e).getMessage());
        }
    }
}
