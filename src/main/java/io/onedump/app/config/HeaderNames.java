package io.onedump.app.config;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.artifact.Nearest;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;

/** Headers that components read have names that begin with Camel; one that is misspelt is read by nobody. */
final class HeaderNames {

    private static final String PREFIX = "Camel";
    private static final Pattern READ = Pattern.compile("\\$(?:simple)?\\{(?:in\\.)?headers?[.:\\[']+(Camel\\w+)");
    private static final Map<CamelContext, Set<String>> KNOWN = new WeakHashMap<>();

    private HeaderNames() {
    }

    /** What is wrong with the name of a header that a step sets or removes. */
    static Optional<String> problem(CamelContext context, String name) {
        if (name != null && name.isBlank()) {
            return Optional.of("the header has no name");
        }
        if (name == null || !name.startsWith(PREFIX) || known(context).contains(name)) {
            return Optional.empty();
        }
        String meant = Nearest.suggestion(name, known(context));
        return meant.isEmpty() ? Optional.empty() : Optional.of("no component knows the header " + name + meant);
    }

    static Optional<String> inExpression(CamelContext context, String expression) {
        return READ.matcher(expression).results().flatMap(read -> problem(context, read.group(1)).stream()).findFirst();
    }

    private static synchronized Set<String> known(CamelContext context) {
        return KNOWN.computeIfAbsent(context, HeaderNames::read);
    }

    private static Set<String> read(CamelContext context) {
        Set<String> names = new TreeSet<>();
        for (Field field : Exchange.class.getFields()) {
            try {
                if (field.getType().equals(String.class)) {
                    names.add((String) field.get(null));
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        RuntimeCamelCatalog catalog = context.getCamelContextExtension().getContextPlugin(RuntimeCamelCatalog.class);
        Stream.concat(ComponentJars.SHIPPED.stream(), context.getComponentNames().stream()).distinct()
                .map(catalog::componentJSonSchema).filter(schema -> schema != null)
                .flatMap(schema -> JsonMapper.generateComponentModel(schema).getEndpointHeaders().stream())
                .map(ComponentModel.EndpointHeaderModel::getName).forEach(names::add);
        return names;
    }
}
