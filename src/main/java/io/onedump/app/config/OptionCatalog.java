package io.onedump.app.config;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.onedump.artifact.Nearest;
import io.onedump.artifact.WebAddress;
import org.apache.camel.CamelContext;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.apache.camel.util.URISupport;

/** What components say of their options: names, kinds of values, what is required, and where an endpoint may stand. */
final class OptionCatalog {

    /** Components that take options which they do not know. */
    private static final Pattern LENIENT = Pattern.compile("\"lenientProperties\": true");
    private static final String DURATION = "duration";
    private static final String STORAGE = "storage";
    /** Options of which the catalog knows only that they are text. */
    private static final Set<String> ADDRESSES = Set.of("webhookUrl");

    private final RuntimeCamelCatalog catalog;
    /** Empty for a scheme that nothing here has. */
    private final Map<String, Optional<ComponentModel>> models = new HashMap<>();

    OptionCatalog(CamelContext context) {
        this.catalog = context.getCamelContextExtension().getContextPlugin(RuntimeCamelCatalog.class);
    }

    /** The options of the path that are required and not given, of an endpoint that is written as a bare scheme. */
    Set<String> missingPath(RouteText.Written written) {
        ComponentModel model =
                written.readable() && written.text().matches("[a-z][a-z0-9-]*") ? model(written.text()) : null;
        return model == null
                ? Set.of()
                : model.getEndpointPathOptions().stream()
                        .filter(option -> isRequired(written.text(), option)
                                && written.key(option.getName()).isEmpty())
                        .map(ComponentModel.EndpointOptionModel::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where the path has several parts, Camel can put it together only when the first is given. */
    private static boolean isRequired(String scheme, ComponentModel.EndpointOptionModel option) {
        return option.isRequired() || scheme.equals("quartz") && option.getName().equals("groupName");
    }

    /** The options that are a part of a scheme's path. */
    Set<String> pathOptions(String scheme) {
        ComponentModel model = scheme.matches("[a-z][a-z0-9+-]*") ? model(scheme) : null;
        return model == null
                ? Set.of()
                : model.getEndpointPathOptions().stream().map(ComponentModel.EndpointOptionModel::getName)
                        .collect(Collectors.toSet());
    }

    /** The values that an option of a component may have, where it has a few. */
    List<String> choices(String scheme, String option) {
        ComponentModel model = model(scheme);
        return model == null
                ? List.of()
                : model.getEndpointOptions().stream().filter(known -> known.getName().equals(option))
                        .map(ComponentModel.EndpointOptionModel::getEnums).filter(Objects::nonNull).findFirst()
                        .orElse(List.of());
    }

    /** Why an endpoint cannot stand where it does, or nothing. */
    List<Problem> direction(EndpointUse use) {
        ComponentModel model = model(use.endpoint().scheme());
        boolean wrong = model != null && (use.input() ? model.isProducerOnly() : model.isConsumerOnly());
        return wrong
                ? List.of(use.problem(null, use.endpoint().scheme() + ": " + (use.input()
                        ? "cannot be the start of a route; write it as a step, and begin with a schedule such as"
                                + " quartz or timer"
                        : "can only be the start of a route, not a step")))
                : List.of();
    }

    /** The names of all options of a component, and of the one that it delegates to. */
    Set<String> names(EndpointUse use) {
        Set<String> names = new TreeSet<>();
        Stream.of(use.endpoint().place().split(":")).limit(2).map(this::model).filter(Objects::nonNull)
                .forEach(model -> names.addAll(model.getEndpointOptions().stream()
                        .map(ComponentModel.EndpointOptionModel::getName).toList()));
        return names;
    }

    /**
     * @param given    the options behind the path, decoded
     * @param thorough whether to look at addresses of notifications too, which stop no job
     */
    List<Problem> problems(EndpointUse use, String uri, Map<String, Object> given, boolean thorough) {
        String schema = catalog.componentJSonSchema(use.endpoint().scheme());
        if (schema == null) {
            return List.of();
        }
        try {
            // Only the path: the catalog does not know that a RAW() value may hold an ampersand.
            Map<String, String> options = new LinkedHashMap<>(catalog.endpointProperties(URISupport.stripQuery(uri)));
            given.forEach((name, value) -> options.put(name, String.valueOf(value)));
            EndpointValidationResult result = catalog.validateProperties(use.endpoint().scheme(), options);
            if (LENIENT.matcher(schema).find() && result.getUnknown() != null) {
                result.getUnknown().clear();
            }
            List<Problem> problems = problems(use, result);
            problems.addAll(durations(use, model(use.endpoint().scheme()), options));
            if (thorough) {
                problems.addAll(addresses(use, options));
            }
            if (use.endpoint().scheme().equals(STORAGE)) {
                problems.addAll(ofDelegate(use, options));
            }
            return problems;
        } catch (URISyntaxException e) {
            return List.of(use.problem(null, "not a valid URI: " + e.getReason()));
        }
    }

    /** A storage takes the options of its delegate too. */
    private List<Problem> ofDelegate(EndpointUse use, Map<String, String> options) {
        String[] words = use.endpoint().place().replace("://", ":").split(":");
        boolean known = words.length > 1 && !use.endpoint().place().contains(StandIns.UNKNOWN);
        ComponentModel delegate = known ? model(words[1]) : null;
        if (delegate == null) {
            return List.of();
        }
        if (delegate.isConsumerOnly()) {
            return List.of(use.problem("delegate", words[1] + " can only be the start of a route: nothing can be kept"
                    + " there"));
        }
        Set<String> own = model(STORAGE).getEndpointOptions().stream()
                .map(ComponentModel.EndpointOptionModel::getName).collect(Collectors.toSet());
        Map<String, String> others = new LinkedHashMap<>(options);
        others.keySet().retainAll(delegate.getEndpointParameterOptions().stream()
                .map(ComponentModel.EndpointOptionModel::getName).collect(Collectors.toSet()));
        others.keySet().removeAll(own);
        EndpointValidationResult result = catalog.validateProperties(words[1], others);
        Stream.of(result.getUnknown(), result.getRequired()).filter(Objects::nonNull).forEach(Collection::clear);
        if (result.getInvalidEnum() != null) {
            // Other servers than Amazon's have regions of their own; the storage looks at them.
            result.getInvalidEnum().remove("region");
        }
        List<Problem> problems = problems(use, result);
        problems.addAll(durations(use, delegate, others));
        return problems;
    }

    private List<Problem> problems(EndpointUse use, EndpointValidationResult result) {
        List<Problem> problems = new ArrayList<>();
        for (String name : nonNull(result.getUnknown())) {
            problems.add(use.problem(name, "unknown option" + Nearest.suggestion(name, names(use))));
        }
        nonNull(result.getRequired()).forEach(name -> problems.add(use.problem(name, "this option is required")));
        nonNull(result.getInvalidEnum()).forEach((name, value) -> problems.add(use.problem(name,
                "'" + value + "' is not one of " + Arrays.toString(result.getInvalidEnumChoices().get(name))
                        + Nearest.suggestion(value, List.of(result.getInvalidEnumChoices().get(name))))));
        Map<String, Map<String, String>> invalid = new LinkedHashMap<>();
        invalid.put("true or false", result.getInvalidBoolean());
        invalid.put("a whole number", result.getInvalidInteger());
        invalid.put("a number", result.getInvalidNumber());
        invalid.forEach((expected, values) -> nonNull(values).forEach(
                (name, value) -> problems.add(use.problem(name, "'" + value + "' is not " + expected))));
        return problems;
    }

    private static List<Problem> durations(EndpointUse use, ComponentModel model, Map<String, String> options) {
        return model.getEndpointOptions().stream()
                .filter(option -> DURATION.equals(option.getType()) && options.containsKey(option.getName()))
                .filter(option -> !Durations.isDuration(options.get(option.getName())))
                .map(option -> use.problem(option.getName(),
                        "'" + options.get(option.getName()) + "' is not " + Durations.EXAMPLES))
                .toList();
    }

    /** The value is a secret, so it is not shown. An empty one is a property that is not set. */
    private static List<Problem> addresses(EndpointUse use, Map<String, String> options) {
        return ADDRESSES.stream().filter(name -> !options.getOrDefault(name, "").isBlank())
                .filter(name -> !WebAddress.isOne(options.get(name)))
                .map(name -> use.problem(name, "it is no address that begins with https:// and names a host"))
                .toList();
    }

    private ComponentModel model(String scheme) {
        return models.computeIfAbsent(scheme, name -> Optional.ofNullable(catalog.componentJSonSchema(name))
                .map(JsonMapper::generateComponentModel)).orElse(null);
    }

    private static <T> Collection<T> nonNull(Collection<T> values) {
        return values == null ? List.of() : values;
    }

    private static Map<String, String> nonNull(Map<String, String> values) {
        return values == null ? Map.of() : values;
    }
}
