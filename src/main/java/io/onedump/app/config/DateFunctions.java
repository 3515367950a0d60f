package io.onedump.app.config;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultExchange;

/** Camel reads the inside of {@code ${date:…}} only when a run has begun: here it is tried before. */
final class DateFunctions {

    private static final Pattern DATE = Pattern.compile("\\$(?:simple)?\\{date(-with-timezone)?:([^{}]*)}");
    /** Camel takes every word that begins so for the exchange itself. */
    private static final Pattern EXCHANGE = Pattern.compile("\\$(?:simple)?\\{(exchange[A-Za-z]*)");
    private static final List<String> OF_EXCHANGE = List.of("exchange", "exchangeId", "exchangeProperty");
    private static final Pattern FIXED = Pattern.compile("(now|millis|exchangeCreated)\\b.*");
    private static final Pattern OF_MESSAGE = Pattern.compile("(header|variable|exchangeProperty|property|file)\\b.*");

    private DateFunctions() {
    }

    /** What is wrong with the first that is wrong. */
    static Optional<String> problem(CamelContext context, String expression) {
        Matcher exchange = EXCHANGE.matcher(expression);
        while (exchange.find()) {
            if (!OF_EXCHANGE.contains(exchange.group(1))) {
                return Optional.of("there is no function '" + exchange.group(1) + "'"
                        + Nearest.suggestion(exchange.group(1), OF_EXCHANGE));
            }
        }
        Matcher date = DATE.matcher(expression);
        while (date.find()) {
            boolean zoned = date.group(1) != null;
            String command = date.group(2);
            if (zoned) {
                String[] parts = command.split(":", 3);
                if (parts.length == 3 && !isZone(parts[1])) {
                    return Optional.of("time zone '" + parts[1] + "' is not known");
                }
            }
            if (FIXED.matcher(command).matches()) {
                try {
                    context.resolveLanguage("simple").createExpression(date.group())
                            .evaluate(new DefaultExchange(context), String.class);
                } catch (RuntimeException e) {
                    Throwable cause = e;
                    while (cause.getCause() != null) {
                        cause = cause.getCause();
                    }
                    return Optional.of("'" + date.group() + "': " + cause.getMessage());
                }
            } else if (!OF_MESSAGE.matcher(command).matches()) {
                String word = command.split("[^A-Za-z]", 2)[0];
                return Optional.of("'" + date.group() + "': there is no date '" + word + "'"
                        + Nearest.suggestion(word, List.of("now", "millis", "exchangeCreated", "header", "variable")));
            }
        }
        return Optional.empty();
    }

    private static boolean isZone(String name) {
        try {
            return ZoneId.of(name) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
