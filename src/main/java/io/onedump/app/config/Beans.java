package io.onedump.app.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.Nearest;
import org.apache.camel.CamelContext;

/** Names of beans, and what Camel says of those that are not there. */
final class Beans {

    private static final Pattern MISSING = Pattern.compile("(?:registry for:|Registry with name:) #?([\\w.-]+)");

    private Beans() {
    }

    static String suggestion(CamelContext context, String name) {
        return Nearest.suggestion(name, context.getRegistry().findByTypeWithName(Object.class).keySet());
    }

    /** The message with the bean that was meant, where one is near. */
    static String explained(CamelContext context, String message) {
        Matcher missing = MISSING.matcher(message);
        return missing.find() ? message + suggestion(context, missing.group(1)) : message;
    }
}
