package io.onedump.secret;

import java.util.Arrays;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.PropertiesFunction;

/**
 * Has the values of endpoints' options arrive as they are, whatever they hold. A Camel context that finds this class
 * path's services installs it when it starts.
 */
public final class EndpointValues implements ContextServicePlugin {

    /** Whose values are final: a file or a variable is written by no author of routes. */
    private static final String[] FUNCTIONS = {"file", "env", "sys"};

    @Override
    public void load(CamelContext context) {
        install(context);
    }

    /** To be called before routes are read; a second call does nothing. */
    public static void install(CamelContext context) {
        if (context.getPropertiesComponent() instanceof PropertiesComponent properties
                && !(properties.getPropertiesParser() instanceof ValueParser)) {
            ValueParser parser = new ValueParser(properties);
            for (String name : FUNCTIONS) {
                PropertiesFunction function = properties.getPropertiesFunction(name);
                if (function != null) {
                    properties.addPropertiesFunction(new Final(function, parser));
                }
            }
            properties.setPropertiesParser(parser);
            Literals.install(context);
        }
    }

    /**
     * What an option has to say for a value to arrive as it is, placeholders in it looked up.
     *
     * @param option the option's name
     * @param value  as somebody has written it
     */
    public static String written(String option, String value) {
        ValueTokens.Kind kind = ValueTokens.Kind.of(option);
        return kind != ValueTokens.Kind.LITERAL && ValueParser.isPlain(Placeholders.replace(value, key -> ""))
                ? value
                : ValueTokens.of(new ValueTokens.Value(value, Placeholders.in(value).isEmpty(), kind));
    }

    /** The same for an option that is a part of the path, where Camel reads it before it reads any options. */
    public static String writtenInPath(String scheme, String value) {
        return PathText.written(scheme, value);
    }

    /** What a path has to say for exactly this text to arrive, up to a question mark, behind which options are. */
    public static String exactlyInPath(String text) {
        return PathText.encoded(text);
    }

    /** Has secrets among options of an endpoint arrive as they are, where no route file was read by this project. */
    public static void protect(Component component, Map<String, Object> options) {
        Literals.protect(component, options);
    }

    /** What an option has to say for exactly this value to arrive. */
    public static String exactly(String value) {
        return ValueTokens.of(new ValueTokens.Value(value, true, ValueTokens.Kind.PLAIN));
    }

    /** The URI as it was written, for those who look for placeholders in it. */
    public static String asWritten(String uri) {
        return ValueTokens.written(uri);
    }

    /** The URI with the values that are known without a lookup. */
    public static String expanded(String uri) {
        return ValueTokens.expanded(uri);
    }

    /** Whether a key asks for the value of a file or a variable. */
    static boolean isFinal(String key) {
        return Arrays.stream(FUNCTIONS).anyMatch(name -> key.startsWith(name + ":"));
    }

    private record Final(PropertiesFunction function, ValueParser parser) implements PropertiesFunction {

        @Override
        public String getName() {
            return function.getName();
        }

        @Override
        public String apply(String remainder) {
            String value = function.apply(remainder);
            return value == null ? null : parser.mark(value);
        }

        @Override
        public boolean lookupFirst(String remainder) {
            return function.lookupFirst(remainder);
        }

        @Override
        public boolean optional(String remainder) {
            return function.optional(remainder);
        }
    }
}
