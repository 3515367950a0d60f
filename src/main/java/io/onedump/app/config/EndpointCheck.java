package io.onedump.app.config;

import java.net.URISyntaxException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.onedump.artifact.CleanLog;
import io.onedump.job.Redaction;
import io.onedump.job.Schemes;
import io.onedump.secret.EndpointValues;
import io.onedump.secret.SecretFileException;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.component.RawParameterHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.apache.camel.util.URISupport;
import org.slf4j.Logger;

/**
 * Checks one endpoint of a route: its placeholders, its component, its options. The endpoints of this project check
 * themselves, without any connection; all others are checked against their components' catalogs.
 */
final class EndpointCheck {

    private static final Logger LOG = CleanLog.of(EndpointCheck.class);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(?!\\?)([^{}]+)}}");
    /** Components that take options which they do not know. */
    private static final Pattern LENIENT = Pattern.compile("\"lenientProperties\": true");
    private static final String EXEC = "exec";
    private static final Set<String> EXPRESSIONS = Set.of("fileName", "path");
    private static final String UNKNOWN_PATH = "not-given";
    private static final Map<String, String> ANY_PATHS = Map.of("storage", "file:" + UNKNOWN_PATH, "dump", "mysqldump",
            "checksum", "sha256", "quartz", UNKNOWN_PATH + "/" + UNKNOWN_PATH);
    private static final String DURATION = "duration";
    private static final Pattern UNKNOWN = Pattern.compile("unknown option '([^']*)': ");
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
                    : "there is no Camel component '" + scheme + "'" + advice(scheme)));
        } else if (!(use.endpoint().dynamic() && use.endpoint().place().contains("$"))) {
            check(use, component, problems);
        }
        return problems;
    }

    /** The options of the path that are required and not given, of an endpoint that is written as a bare scheme. */
    Set<String> missingPath(RouteText.Written written) {
        String schema = written.text().matches("[a-z][a-z0-9-]*") ? catalog.componentJSonSchema(written.text()) : null;
        return schema == null
                ? Set.of()
                : JsonMapper.generateComponentModel(schema).getEndpointPathOptions().stream()
                        .filter(option -> option.isRequired() && written.key(option.getName()).isEmpty())
                        .map(ComponentModel.EndpointOptionModel::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A path to check the other options of an endpoint with whose own is missing. */
    static String anyPath(String scheme) {
        return ANY_PATHS.getOrDefault(scheme, UNKNOWN_PATH);
    }

    static String withoutAnyPath(String place) {
        return place.contains(UNKNOWN_PATH) ? place.substring(0, place.indexOf(':')) : place;
    }

    /** What is wrong is left out for what comes next, so that one problem hides no other. */
    private void check(EndpointUse use, Component component, List<Problem> problems) {
        if (problems.stream().anyMatch(problem -> problem.option() == null)) {
            return;
        }
        Set<String> told = new HashSet<>();
        problems.forEach(problem -> told.add(problem.option()));
        String uri = without(use, told);
        tell(fromCatalog(use, uri), told, problems);
        tell(expressions(use, uri), told, problems);
        if (use.endpoint().scheme().equals("exec")) {
            ShellWords.remark(options(uri).getOrDefault("args", "").toString())
                    .ifPresent(remark -> LOG.warn("{}", use.problem("args", remark)));
        }
        if (Schemes.isSchedule(use.endpoint().scheme())) {
            tell(schedule(use, without(use, told)), told, problems);
        }
        boolean more = true;
        while (more) {
            more = tell(made(use, component, without(use, told)), told, problems);
        }
    }

    /** Adds those of which nothing was told yet; whether there may be more behind them. */
    private static boolean tell(List<Problem> found, Set<String> told, List<Problem> problems) {
        boolean more = false;
        for (Problem problem : found) {
            boolean known = problem.option() == null
                    ? told.stream().anyMatch(problem.message()::contains)
                    : !told.add(problem.option());
            if (!known) {
                problems.add(problem);
                more = problem.option() != null;
            }
        }
        return more;
    }

    /** The URI with its placeholders resolved and without some of its options. */
    private String without(EndpointUse use, Set<String> names) {
        if (names.isEmpty()) {
            return use.endpoint().resolved();
        }
        String uri = use.endpoint().uri();
        try {
            Map<String, Object> kept = new LinkedHashMap<>(URISupport.parseQuery(URISupport.extractQuery(uri), false,
                    true));
            kept.keySet().removeAll(names);
            String place = URISupport.stripQuery(uri);
            return EndpointHelper.resolveEndpointUriPropertyPlaceholders(context,
                    kept.isEmpty() ? place : place + "?" + URISupport.createQueryString(kept, false));
        } catch (URISyntaxException | RuntimeException e) {
            return use.endpoint().resolved();
        }
    }

    /** The component that was meant, or the jar that has it. */
    private String advice(String scheme) {
        String meant = Nearest.suggestion(scheme, ComponentJars.SHIPPED);
        return meant.isEmpty() ? "; " + ComponentJars.advice(scheme) : meant;
    }

    private List<Problem> placeholders(EndpointUse use) {
        List<Problem> problems = new ArrayList<>();
        String written = EndpointValues.asWritten(use.endpoint().uri());
        Matcher matcher = PLACEHOLDER.matcher(written);
        while (matcher.find()) {
            try {
                context.resolvePropertyPlaceholders(matcher.group());
            } catch (RuntimeException e) {
                SecretFileException file = SecretFileException.behind(e);
                problems.add(use.problem(optionOf(written, matcher.start()), file != null
                        ? (matcher.group(1).startsWith("file:") ? "" : "the property " + matcher.group(1) + ": ")
                                + file.getMessage()
                        : matcher.group(1).contains(":")
                                ? String.valueOf(e.getMessage())
                                : "the property " + matcher.group(1)
                                        + " is not set; set it in application.properties or in the"
                                        + " environment as "
                                        + matcher.group(1).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_")));
            }
        }
        return problems;
    }

    /** The first problem that the component itself finds; nothing is connected and no thread is started. */
    private List<Problem> made(EndpointUse use, Component component, String uri) {
        try {
            Endpoint endpoint = component.createEndpoint(uri);
            if (Schemes.isOurs(use.endpoint().scheme())) {
                ServiceHelper.initService(endpoint);
                ServiceHelper.stopService(endpoint);
            }
            if (EXEC.equals(use.endpoint().scheme()) && options(uri).containsKey(ExecExecutors.OPTION)) {
                return ExecExecutors.problem(endpoint).map(problem -> use.problem(ExecExecutors.OPTION, problem))
                        .stream().toList();
            }
            return List.of();
        } catch (Exception e) {
            Throwable cause = e;
            while (cause.getCause() != null && !(cause instanceof IllegalArgumentException)) {
                cause = cause.getCause();
            }
            String message = Redaction.of(String.valueOf(cause.getMessage()));
            Matcher option = OPTION.matcher(message);
            Matcher unknown = UNKNOWN.matcher(message);
            return List.of(option.lookingAt()
                    ? use.problem(option.group(1), message.substring(option.end()))
                    : unknown.lookingAt()
                            ? use.problem(unknown.group(1), "unknown option: " + message.substring(unknown.end())
                                    + Nearest.suggestion(unknown.group(1), names(use)))
                            : use.problem(null, message));
        }
    }

    /** The names of all options of a component, and of the one that it delegates to. */
    private Set<String> names(EndpointUse use) {
        Set<String> names = new TreeSet<>();
        Stream.of(use.endpoint().place().split(":")).limit(2).map(catalog::componentJSonSchema)
                .filter(Objects::nonNull)
                .forEach(schema -> names.addAll(JsonMapper.generateComponentModel(schema).getEndpointOptions().stream()
                        .map(ComponentModel.EndpointOptionModel::getName).toList()));
        return names;
    }

    /** Quartz would refuse a cron expression when it starts, and never say that one is never due. */
    private static List<Problem> schedule(EndpointUse use, String uri) {
        List<Problem> problems = new ArrayList<>();
        for (Map.Entry<String, String> problem : Schedule.problems(uri, ZonedDateTime.now()).entrySet()) {
            problems.add(use.problem(problem.getKey(), problem.getValue()));
        }
        return problems;
    }

    /** Names and paths of our own endpoints are expressions, which are read only when a run has begun. */
    private List<Problem> expressions(EndpointUse use, String uri) {
        List<Problem> problems = new ArrayList<>();
        if (Schemes.isOurs(use.endpoint().scheme())) {
            options(uri).forEach((name, value) -> {
                if (EXPRESSIONS.contains(name)) {
                    try {
                        context.resolveLanguage("simple").createExpression(value.toString()).init(context);
                        DateFunctions.problem(context, value.toString())
                                .ifPresent(problem -> problems.add(use.problem(name, problem)));
                    } catch (RuntimeException e) {
                        problems.add(use.problem(name, "the simple expression '" + value + "' is not understood: "
                                + String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
                    }
                }
            });
        }
        return problems;
    }

    private Map<String, Object> options(String uri) {
        try {
            return parsed(uri);
        } catch (URISyntaxException e) {
            return Map.of();
        }
    }

    private Map<String, Object> parsed(String uri) throws URISyntaxException {
        Map<String, Object> options = URISupport.parseQuery(URISupport.extractQuery(uri), true, true);
        RawParameterHelper.resolveRawParameterValues(context, options);
        return options;
    }

    private List<Problem> fromCatalog(EndpointUse use, String uri) {
        String schema = catalog.componentJSonSchema(use.endpoint().scheme());
        if (schema == null) {
            return List.of();
        }
        try {
            // Only the path: the catalog does not know that a RAW() value may hold an ampersand.
            Map<String, String> options = new LinkedHashMap<>(catalog.endpointProperties(URISupport.stripQuery(uri)));
            parsed(uri)
                    .forEach((name, value) -> options.put(name, String.valueOf(value)));
            EndpointValidationResult result = catalog.validateProperties(use.endpoint().scheme(), options);
            if (LENIENT.matcher(schema).find() && result.getUnknown() != null) {
                result.getUnknown().clear();
            }
            List<Problem> problems = problems(use, result);
            problems.addAll(durations(use, schema, options));
            return problems;
        } catch (URISyntaxException e) {
            return List.of(use.problem(null, "not a valid URI: " + e.getReason()));
        }
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

    private static List<Problem> durations(EndpointUse use, String schema, Map<String, String> options) {
        return JsonMapper.generateComponentModel(schema).getEndpointOptions().stream()
                .filter(option -> DURATION.equals(option.getType()) && options.containsKey(option.getName()))
                .filter(option -> !Durations.isDuration(options.get(option.getName())))
                .map(option -> use.problem(option.getName(),
                        "'" + options.get(option.getName()) + "' is not " + Durations.EXAMPLES))
                .toList();
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
