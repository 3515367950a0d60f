package io.onedump.app.config;

import java.net.URISyntaxException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.LocalNeeds;
import io.onedump.artifact.Nearest;
import io.onedump.artifact.OptionsException;
import io.onedump.job.Redaction;
import io.onedump.job.Schemes;
import io.onedump.secret.EndpointValues;
import io.onedump.secret.SecretFileException;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.component.RawParameterHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.URISupport;
import org.slf4j.Logger;

/**
 * Checks one endpoint of a route: its placeholders, its component, its options. The endpoints of this project check
 * themselves, without any connection; all others are checked against their components' catalogs.
 */
final class EndpointCheck {

    private static final Logger LOG = CleanLog.of(EndpointCheck.class);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(?!\\?)([^{}]+)}}");
    private static final String EXEC = "exec";
    private static final Set<String> EXPRESSIONS = Set.of("fileName", "path");
    private static final Map<String, String> ANY_PATHS = Map.of("storage", "file:" + StandIns.UNKNOWN, "quartz",
            StandIns.UNKNOWN + "/" + StandIns.UNKNOWN);
    private static final Pattern UNKNOWN = Pattern.compile("unknown option '([^']*)': ");
    /** The port in an address, which may be that of a storage's delegate. */
    private static final Pattern PORT =
            Pattern.compile("^(storage:(?://)?)?[a-z0-9+-]+:(?://)?(?:[^/@]*@)?[\\w.-]+:(\\d{5,})(?:/|$)");
    private static final Pattern OPTION = Pattern.compile("option ([A-Za-z*]+): ");

    private final CamelContext context;
    private final OptionCatalog catalog;
    private final StandIns standIns;
    private final boolean thorough;
    private final List<Problem> doubts = new ArrayList<>();

    /** @param thorough whether to look for the programs and files on this machine too */
    EndpointCheck(CamelContext context, boolean thorough) {
        this.context = context;
        this.catalog = new OptionCatalog(context);
        this.standIns = new StandIns(context, catalog);
        this.thorough = thorough;
    }

    /** What is missing on this machine, and may be there where the job will run. */
    List<Problem> doubts() {
        return doubts;
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

    Set<String> missingPath(RouteText.Written written) {
        return catalog.missingPath(written);
    }

    /** A path to check the other options of an endpoint with whose own is missing. */
    static String anyPath(String scheme) {
        return ANY_PATHS.getOrDefault(scheme, StandIns.UNKNOWN);
    }

    static String withoutAnyPath(String place) {
        return place.contains(StandIns.UNKNOWN) ? place.substring(0, place.indexOf(':')) : place;
    }

    /** What is wrong is replaced or left out for what comes next, so that one problem hides no other. */
    private void check(EndpointUse use, Component component, List<Problem> problems) {
        Set<String> told = new HashSet<>();
        problems.forEach(problem -> told.add(problem.option()));
        boolean path = told.remove(null) || use.endpoint().place().contains(StandIns.UNKNOWN);
        if (path) {
            told.addAll(catalog.pathOptions(use.endpoint().scheme()));
        }
        List<Problem> misplaced = catalog.direction(use);
        problems.addAll(misplaced);
        StandIns.Way written = standIns.ways(use, told).get(0);
        String uri = standIns.uri(use, written, told);
        tell(fromCatalog(use, uri), told, problems);
        tell(expressions(use, uri), told, problems);
        if (use.endpoint().scheme().equals(EXEC)) {
            ShellWords.remark(options(uri).getOrDefault("args", "").toString())
                    .ifPresent(remark -> LOG.warn("{}", use.problem("args", remark)));
            tell(ExecOptions.problems(use, options(uri), thorough), told, problems);
        }
        if (Schemes.isSchedule(use.endpoint().scheme())) {
            tell(schedule(use, standIns.uri(use, written, told)), told, problems);
        }
        List<Problem> common;
        do {
            List<StandIns.Way> ways = standIns.ways(use, told);
            common = StandIns.common(ways, ways.stream()
                    .map(way -> made(use, component, way, told, misplaced.isEmpty())).toList());
        } while (tell(common, told, problems));
    }

    /** All that the component itself finds, and this machine lacks, with an endpoint that is written in one way. */
    private List<Problem> made(EndpointUse use, Component component, StandIns.Way way, Set<String> known,
            boolean produces) {
        List<Problem> problems = new ArrayList<>();
        Set<String> told = new HashSet<>(known);
        StandIns.Way next = way;
        while (next != null) {
            List<Problem> found = new ArrayList<>(made(use, component, standIns.uri(use, next, told), produces));
            if (found.isEmpty() && thorough) {
                found.addAll(lacks(use, component, standIns.uri(use, next, told)));
            }
            // What was found is replaced or left out then, and something else may be behind it.
            next = tell(found, told, problems) ? next : next.without(found);
        }
        return problems;
    }

    /** Adds those of which nothing was told yet; whether there may be more behind them. */
    private static boolean tell(List<Problem> found, Set<String> told, List<Problem> problems) {
        Set<String> before = Set.copyOf(told);
        boolean more = false;
        for (Problem problem : found) {
            boolean known = problem.option() == null
                    ? before.stream().anyMatch(problem.message()::contains)
                    : before.contains(problem.option());
            if (!known && !problems.contains(problem)) {
                problems.add(problem);
                more |= problem.option() != null && told.add(problem.option());
            }
        }
        return more;
    }

    /** The component that was meant, or the jar that has it. */
    private String advice(String scheme) {
        String meant = ComponentJars.isKnown(scheme) ? "" : Nearest.suggestion(scheme, ComponentJars.SHIPPED);
        return meant.isEmpty() ? "; " + ComponentJars.advice(scheme) : meant;
    }

    private List<Problem> placeholders(EndpointUse use) {
        List<Problem> problems = new ArrayList<>();
        String written = EndpointValues.asWritten(use.endpoint().uri());
        Matcher matcher = PLACEHOLDER.matcher(written);
        while (matcher.find()) {
            try {
                context.resolvePropertyPlaceholders(matcher.group());
                PlaceholderFunctions.problem(context, matcher.group(1))
                        .ifPresent(problem -> problems.add(use.problem(optionOf(written, matcher.start()), problem)));
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

    private List<Problem> fromCatalog(EndpointUse use, String uri) {
        try {
            List<Problem> problems = new ArrayList<>(port(use, uri));
            problems.addAll(catalog.problems(use, uri, parsed(uri), thorough));
            return problems;
        } catch (URISyntaxException e) {
            return List.of(use.problem(null, "not a valid URI: " + e.getReason()));
        }
    }

    /** Camel takes any number, and fails when it connects. */
    private static List<Problem> port(EndpointUse use, String uri) {
        Matcher authority = PORT.matcher(URISupport.stripQuery(uri));
        boolean wrong = authority.find() && (authority.group(2).length() > 5
                || Integer.parseInt(authority.group(2)) > 65535);
        return wrong
                ? List.of(use.problem(authority.group(1) == null ? null : "delegate",
                        "the port must be between 1 and 65535, not " + authority.group(2)))
                : List.of();
    }

    /** The first problem that the component itself finds; nothing is connected and no thread is started. */
    private List<Problem> made(EndpointUse use, Component component, String uri, boolean produces) {
        try {
            Endpoint endpoint = component.createEndpoint(EndpointHelper.normalizeEndpointUri(uri));
            boolean ours = Schemes.isOurs(use.endpoint().scheme());
            if (ours) {
                ServiceHelper.initService(endpoint);
            }
            try {
                if (!use.input() && produces
                        && !(endpoint instanceof DefaultEndpoint plain && plain.isLazyStartProducer())) {
                    ServiceHelper.stopAndShutdownService(endpoint.createProducer());
                }
            } finally {
                if (ours) {
                    ServiceHelper.stopService(endpoint);
                }
            }
            if (EXEC.equals(use.endpoint().scheme()) && options(uri).containsKey(ExecExecutors.OPTION)) {
                return ExecExecutors.problem(endpoint).map(problem -> use.problem(ExecExecutors.OPTION, problem))
                        .stream().toList();
            }
            return List.of();
        } catch (Exception e) {
            String bound = null;
            Throwable cause = e;
            while (cause.getCause() != null && !(cause instanceof IllegalArgumentException)) {
                bound = cause instanceof PropertyBindingException binding ? binding.getPropertyName() : bound;
                cause = cause.getCause();
            }
            String option = bound;
            return OptionsException.in(cause).stream()
                    .map(message -> problem(use, option, Beans.explained(context, Redaction.of(message)))).toList();
        }
    }

    /** @param bound the option that could not be set, or null */
    private Problem problem(EndpointUse use, String bound, String message) {
        if (bound != null && catalog.names(use).contains(bound)) {
            return use.problem(bound, message);
        }
        Matcher option = OPTION.matcher(message);
        if (option.lookingAt()) {
            return use.problem(option.group(1), message.substring(option.end()));
        }
        Matcher unknown = UNKNOWN.matcher(message);
        return unknown.lookingAt()
                ? use.problem(unknown.group(1), "unknown option: " + message.substring(unknown.end())
                        + Nearest.suggestion(unknown.group(1), catalog.names(use)))
                : use.problem(null, message);
    }

    /** What this machine does not have of what a good endpoint needs. */
    private List<Problem> lacks(EndpointUse use, Component component, String uri) {
        List<Problem> lacks = new ArrayList<>();
        try {
            Endpoint endpoint = component.createEndpoint(EndpointHelper.normalizeEndpointUri(uri));
            if (endpoint instanceof LocalNeeds needs) {
                ServiceHelper.initService(endpoint);
                for (LocalNeeds.Lack lack : needs.lacks()) {
                    Problem problem = use.problem(lack.option(), Redaction.of(lack.message()));
                    (lack.certain() ? lacks : doubts).add(problem);
                }
                ServiceHelper.stopService(endpoint);
            }
        } catch (Exception e) {
            LOG.debug("{}: {}", use.endpoint().place(), e.toString());
        }
        return lacks;
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
                        SimpleFunctions.problem(context, value.toString())
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

    /** The option in whose value a position of the URI lies; null in front of the options. */
    private static String optionOf(String uri, int position) {
        int equals = uri.lastIndexOf('=', position);
        int start = Math.max(uri.lastIndexOf('&', equals), uri.indexOf('?')) + 1;
        return equals < 0 || uri.indexOf('?') < 0 || start > equals ? null : uri.substring(start, equals);
    }
}
