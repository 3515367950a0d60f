package io.onedump.app.config;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.onedump.artifact.Nearest;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Metadata;

/**
 * Camel's model keeps the values of steps, routes and error handlers as text, says in its metadata what they are, and
 * reads some of them only when something has failed.
 */
final class AttributeValues {

    private final CamelContext context;

    AttributeValues(CamelContext context) {
        this.context = context;
    }

    /** What is wrong, by the name of the attribute. */
    Map<String, String> problems(Object definition) {
        Map<String, String> problems = new LinkedHashMap<>();
        for (Class<?> type = definition.getClass(); type != null
                && type.getName().startsWith("org.apache.camel.model"); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                Metadata metadata = field.getAnnotation(Metadata.class);
                if (metadata != null && field.getType().equals(String.class) && field.trySetAccessible()) {
                    text(field, definition).flatMap(text -> problem(metadata, text))
                            .ifPresent(problem -> problems.put(field.getName(), problem));
                }
            }
        }
        for (Method setter : definition.getClass().getMethods()) {
            Metadata metadata = setter.getAnnotation(Metadata.class);
            boolean text = setter.getName().startsWith("set") && setter.getParameterCount() == 1
                    && setter.getParameterTypes()[0].equals(String.class);
            if (metadata != null && text) {
                String name = setter.getName().substring(3, 4).toLowerCase(Locale.ROOT) + setter.getName().substring(4);
                got(definition, "get" + setter.getName().substring(3)).flatMap(value -> problem(metadata, value))
                        .ifPresent(problem -> problems.put(name, problem));
            }
        }
        return problems;
    }

    private Optional<String> got(Object definition, String getter) {
        try {
            return resolved(definition.getClass().getMethod(getter).invoke(definition));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    private Optional<String> text(Field field, Object definition) {
        try {
            return resolved(field.get(definition));
        } catch (IllegalAccessException e) {
            return Optional.empty();
        }
    }

    private Optional<String> resolved(Object value) {
        if (!(value instanceof String text) || text.startsWith("#") || text.contains("${")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(context.resolvePropertyPlaceholders(text));
        } catch (RuntimeException e) {
            // A property that is not set is told where the route is made.
            return Optional.empty();
        }
    }

    private static Optional<String> problem(Metadata metadata, String text) {
        return switch (metadata.javaType()) {
            case "java.lang.Boolean" -> refused(text.matches("(?i)true|false"), text, "a Boolean: true or false");
            case "java.lang.Integer", "java.lang.Long" -> refused(text.matches("-?\\d{1,18}"), text, "a whole number");
            case "java.lang.Double", "java.lang.Float" ->
                refused(text.matches("-?\\d*\\.?\\d+"), text, "a number");
            case "java.time.Duration" -> refused(Durations.isDuration(text), text, Durations.EXAMPLES);
            default -> {
                List<String> words = Stream.of(metadata.enums().split(",")).filter(word -> !word.isEmpty()).toList();
                yield words.isEmpty() || words.stream().anyMatch(text::equalsIgnoreCase)
                        ? Optional.empty()
                        : Optional.of("'" + text + "' is not one of " + words + Nearest.suggestion(text, words));
            }
        };
    }

    private static Optional<String> refused(boolean good, String text, String expected) {
        return good ? Optional.empty() : Optional.of("'" + text + "' is not " + expected);
    }
}
