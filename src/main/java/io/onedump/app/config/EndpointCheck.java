package io.onedump.app.config;

import java.net.URISyntaxException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.job.Schemes;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.URISupport;

/**
 * Checks one endpoint of a route: its placeholders, its component, its options. The endpoints of this project check
 * themselves, without any connection; all others are checked against their components' catalogs.
 */
final class EndpointCheck {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(?!\\?)([^{}]+)}}");
    /** Components that take options which they do not know. */
    private static final Pattern LENIENT = Pattern.compile("\"lenientProperties\": true");
    private static final Set<String> EXPRESSIONS = Set.of("fileName", "path");
    private static final String CRON = "cron";
    private static final String ZONE = "trigger.timeZone";
    private static final Pattern OPTION = Pattern.compile("option ([A-Za-z*]+): ");

    private final CamelContext context;
    private final RuntimeCamelCatalog catalog;

    EndpointCheck(CamelContext context) {
        this.context = context;
        this.catalog = context.getCamelContextExtension().getContextPlugin(RuntimeCamelCatalog.class);
    }

    List<Problem> problems(EndpointUse use) {
        List<Problem> problems = new ArrayList<>(placeholders(use));
        String scheme = use.endpoint().scheme();
        if (scheme.contains("{{") || scheme.contains("$")) {
            return problems;
        }
        Component component = context.getComponent(scheme, true, false);
        if (component == null) {
            problems.add(use.problem(null, scheme.contains("/")
                    ? "the path is not complete; give all its options, for quartz both groupName and triggerName"
                    : "there is no Camel component '" + scheme + "'; check the spelling, or add the jar camel-"
                            + scheme + " to lib/"));
        } else if (problems.isEmpty() && !(use.endpoint().dynamic() && use.endpoint().place().contains("$"))) {
            String uri = use.endpoint().resolved();
            problems.addAll(fromCatalog(use, uri));
            problems.addAll(expressions(use, uri));
            if (problems.isEmpty() && Schemes.isOurs(scheme)) {
                problems.addAll(own(use, component, uri));
            } else if (problems.isEmpty() && Schemes.isSchedule(scheme)) {
                problems.addAll(schedule(use, uri));
            }
        }
        return problems;
    }

    private List<Problem> placeholders(EndpointUse use) {
        List<Problem> problems = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(use.endpoint().uri());
        while (matcher.find()) {
            try {
                context.resolvePropertyPlaceholders(matcher.group());
            } catch (RuntimeException e) {
                problems.add(use.problem(optionOf(use.endpoint().uri(), matcher.start()), matcher.group(1).contains(":")
                        ? String.valueOf(e.getMessage())
                        : "the property " + matcher.group(1) + " is not set; set it in application.properties or in the"
                                + " environment as "
                                + matcher.group(1).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_")));
            }
        }
        return problems;
    }

    private List<Problem> own(EndpointUse use, Component component, String uri) {
        try {
            Endpoint endpoint = component.createEndpoint(uri);
            ServiceHelper.initService(endpoint);
            ServiceHelper.stopService(endpoint);
            return List.of();
        } catch (Exception e) {
            Throwable cause = e;
            while (cause.getCause() != null && !(cause instanceof IllegalArgumentException)) {
                cause = cause.getCause();
            }
            String message = URISupport.sanitizeUri(String.valueOf(cause.getMessage()));
            Matcher option = OPTION.matcher(message);
            return List.of(option.lookingAt()
                    ? use.problem(option.group(1), message.substring(option.end()))
                    : use.problem(null, message));
        }
    }

    /** Quartz would refuse a cron expression when it starts, and never say that one is never due. */
    private static List<Problem> schedule(EndpointUse use, String uri) {
        try {
            Schedule schedule = Schedule.of(uri);
            boolean never = schedule.cron() != null && schedule.next(ZonedDateTime.now()).isEmpty();
            return never
                    ? List.of(use.problem(CRON, "'" + schedule.text() + "' is never due any more; correct its date"))
                    : List.of();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            return List.of(use.problem(message.startsWith(CRON) ? CRON : ZONE, message));
        }
    }

    /** Names and paths of our own endpoints are expressions, which are read only when a run has begun. */
    private List<Problem> expressions(EndpointUse use, String uri) {
        List<Problem> problems = new ArrayList<>();
        if (Schemes.isOurs(use.endpoint().scheme())) {
            options(uri).forEach((name, value) -> {
                if (EXPRESSIONS.contains(name)) {
                    try {
                        context.resolveLanguage("simple").createExpression(value.toString()).init(context);
                    } catch (RuntimeException e) {
                        problems.add(use.problem(name, "the simple expression '" + value + "' is not understood: "
                                + String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
                    }
                }
            });
        }
        return problems;
    }

    private static Map<String, Object> options(String uri) {
        try {
            String query = URISupport.extractQuery(uri);
            return query == null ? Map.of() : URISupport.parseQuery(query, true, true);
        } catch (URISyntaxException e) {
            return Map.of();
        }
    }

    private List<Problem> fromCatalog(EndpointUse use, String uri) {
        String schema = catalog.componentJSonSchema(use.endpoint().scheme());
        if (schema == null) {
            return List.of();
        }
        try {
            // Only the path: the catalog does not know that a RAW() value may hold an ampersand.
            Map<String, String> options = new LinkedHashMap<>(catalog.endpointProperties(URISupport.stripQuery(uri)));
            URISupport.parseQuery(URISupport.extractQuery(uri), true, true)
                    .forEach((name, value) -> options.put(name, String.valueOf(value)));
            EndpointValidationResult result = catalog.validateProperties(use.endpoint().scheme(), options);
            if (LENIENT.matcher(schema).find() && result.getUnknown() != null) {
                result.getUnknown().clear();
            }
            return problems(use, result);
        } catch (URISyntaxException e) {
            return List.of(use.problem(null, "not a valid URI: " + e.getReason()));
        }
    }

    private static List<Problem> problems(EndpointUse use, EndpointValidationResult result) {
        List<Problem> problems = new ArrayList<>();
        for (String name : nonNull(result.getUnknown())) {
            String[] suggestions =
                    result.getUnknownSuggestions() == null ? null : result.getUnknownSuggestions().get(name);
            problems.add(use.problem(name, "unknown option" + (suggestions == null || suggestions.length == 0
                    ? ""
                    : "; did you mean " + String.join(", ", suggestions) + "?")));
        }
        nonNull(result.getRequired()).forEach(name -> problems.add(use.problem(name, "this option is required")));
        nonNull(result.getInvalidEnum()).forEach((name, value) -> problems.add(use.problem(name,
                "'" + value + "' is not one of " + Arrays.toString(result.getInvalidEnumChoices().get(name)))));
        Map<String, Map<String, String>> invalid = new LinkedHashMap<>();
        invalid.put("true or false", result.getInvalidBoolean());
        invalid.put("a whole number", result.getInvalidInteger());
        invalid.put("a number", result.getInvalidNumber());
        invalid.put("a duration such as 30s or 5m", result.getInvalidDuration());
        invalid.forEach((expected, values) -> nonNull(values).forEach(
                (name, value) -> problems.add(use.problem(name, "'" + value + "' is not " + expected))));
        return problems;
    }

    /** The option in whose value a position of the URI lies; null in front of the options. */
    private static String optionOf(String uri, int position) {
        int equals = uri.lastIndexOf('=', position);
        int start = Math.max(uri.lastIndexOf('&', equals), uri.indexOf('?')) + 1;
        return equals < 0 || uri.indexOf('?') < 0 || start > equals ? null : uri.substring(start, equals);
    }

    private static <T> Collection<T> nonNull(Collection<T> values) {
        return values == null ? List.of() : values;
    }

    private static Map<String, String> nonNull(Map<String, String> values) {
        return values == null ? Map.of() : values;
    }
}
