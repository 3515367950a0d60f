package io.onedump.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.onedump.artifact.Nearest;
import org.apache.camel.main.Main;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/** The properties of Camel Main, from its own list of them; what begins otherwise is checked by Camel. */
final class CamelProperties {

    private static final String PREFIX = "camel.main.";
    private static final String LIST = "META-INF/camel-main-configuration-metadata.json";

    private CamelProperties() {
    }

    /** What is wrong with a property, or nothing. */
    static Optional<String> problem(String name, String value) {
        if (!name.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Map<String, String> types = types();
        String type = types.get(normal(name));
        if (type == null) {
            return types.isEmpty()
                    ? Optional.empty()
                    : Optional.of("Camel has no such property" + Nearest.suggestion(camel(name),
                            types.keySet().stream().map(CamelProperties::camel).toList()));
        }
        return value.contains("{{") || isOf(type, value)
                ? Optional.empty()
                : Optional.of("'" + value + "' is not " + (type.equals("boolean")
                        ? "true or false"
                        : type.equals("duration") ? Durations.EXAMPLES : "a whole number"));
    }

    private static boolean isOf(String type, String value) {
        return switch (type) {
            case "boolean" -> value.matches("(?i)true|false");
            case "integer", "long" ->
                value.matches("-?\\d{1,18}") || Durations.isDuration(value) && type.equals("long");
            case "duration" -> Durations.isDuration(value);
            default -> true;
        };
    }

    /** By names in lower case with dashes. */
    private static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        try (InputStream in = Main.class.getClassLoader().getResourceAsStream(LIST)) {
            if (in != null) {
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
                Collection<?> all = ((JsonObject) Jsoner.deserialize(reader)).getCollection("properties");
                for (Object one : all) {
                    JsonObject property = (JsonObject) one;
                    types.put(normal(property.getString("name")), property.getString("type"));
                }
            }
        } catch (IOException | DeserializationException e) {
            // Camel itself refuses what it does not know.
            return Map.of();
        }
        return types;
    }

    private static String normal(String name) {
        return StringHelper.camelCaseToDash(name).toLowerCase(Locale.ROOT);
    }

    private static String camel(String name) {
        return StringHelper.dashToCamelCase(name);
    }
}
