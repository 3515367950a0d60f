package io.onedump.app.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.artifact.Nearest;
import io.onedump.job.JobRoute;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.support.PatternHelper;
import org.apache.camel.support.PluginHelper;

/**
 * Finds everything that is wrong with route files without starting a route: what Camel cannot parse, ids that are
 * missing or taken, what {@link StepCheck} finds in steps and their endpoints, and what a route cannot be made of.
 */
public final class RouteCheck {

    /** A file whose outermost level is a mapping, which Camel passes over in silence; with its first key. */
    private static final Pattern MAPPING =
            Pattern.compile("\\A(?:[ \\t]*(?:#.*|---.*|%.*)?\\R)*([A-Za-z]\\w*)[ \\t]*:");

    /** What Camel says of a mapping's begin, of which the line of the key is known better. */
    private static final String POSITION = " in \\S+, line \\d+, column \\d+:.*?\\^";

    private final CamelContext context;
    private final EndpointCheck endpoints;
    private final StepCheck steps;
    private final Predicate<RouteDefinition> wanted;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, RouteText> texts = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();
    private final Map<Integer, String> orders = new HashMap<>();
    private final Set<Object> faulty = Collections.newSetFromMap(new IdentityHashMap<>());
    private final NameClashes clashes;
    private final ArchiveClashes archives;
    private final Calls calls = new Calls();
    private final List<Made> made = new ArrayList<>();
    private final List<RouteConfigurationDefinition> configurations = new ArrayList<>();

    /** A route that is to be made, once all that it shares with others is known. */
    private record Made(String file, RouteDefinition route, RoutesDefinition all,
            List<OptionalIdentifiedDefinition<?>> steps) {
    }

    /**
     * @param context an initialised one that has the properties and beans, and is not used for anything else
     * @param wanted  whose endpoints to look at
     */
    public RouteCheck(CamelContext context, Predicate<RouteDefinition> wanted) {
        this(context, wanted, false);
    }

    /** @param thorough whether to look for the programs and files that routes name on this machine too */
    public RouteCheck(CamelContext context, Predicate<RouteDefinition> wanted, boolean thorough) {
        this.context = context;
        this.endpoints = new EndpointCheck(context, thorough);
        this.steps = new StepCheck(context, endpoints, calls);
        this.wanted = wanted;
        this.clashes = new NameClashes(context);
        this.archives = new ArchiveClashes(context);
    }

    /** All problems of all files. */
    public List<Problem> problems(Collection<RouteFile> routeFiles) {
        context.setSourceLocationEnabled(true);
        for (RouteFile file : routeFiles) {
            try {
                check(file);
            } catch (Exception e) {
                problems.add(YamlProblems.of(file.name(), e, new RouteText("")));
            }
        }
        problems.addAll(calls.problems());
        problems.addAll(clashes.problems());
        problems.addAll(archives.problems(files.keySet()));
        problems.addAll(steps.problems());
        make();
        return problems.stream().distinct().sorted().toList();
    }

    /** What is missing on this machine, and may be there where the jobs will run; known once the problems are. */
    public List<Problem> doubts() {
        return endpoints.doubts().stream().distinct().sorted().toList();
    }

    private void check(RouteFile routes) throws Exception {
        String file = routes.name();
        String text = new String(routes.content(), StandardCharsets.UTF_8);
        RouteText written = new RouteText(text);
        Matcher mapping = MAPPING.matcher(text);
        if (mapping.find() && !mapping.group(1).equals("apiVersion")) {
            int line = (int) text.substring(0, mapping.start(1)).lines().count() + 1;
            problems.add(new Problem(file, line, null, null,
                    null, "the file begins with '" + mapping.group(1) + ":' and no dash, so Camel sees no route in it;"
                            + " write '- " + mapping.group(1) + ":'"));
            if (!RouteText.OUTERMOST.contains(mapping.group(1))) {
                return;
            }
            written = new RouteRepair(written).asItem(line);
        }
        RouteText good = withPaths(file, written);
        for (Optional<RouteText> rest = Optional.of(good); rest.isPresent();) {
            good = rest.get();
            rest = understood(file, good);
        }
    }

    /** Checks the routes of a text; or tells what Camel does not understand, and gives the text without that step. */
    private Optional<RouteText> understood(String file, RouteText text) throws Exception {
        RouteFile routes = new RouteFile(file, text.text().getBytes(StandardCharsets.UTF_8));
        Collection<RoutesBuilder> builders;
        try {
            builders = PluginHelper.getRoutesLoader(context).findRoutesBuilders(routes.resource(context));
            for (RoutesBuilder builder : builders) {
                ((RouteBuilder) builder).setCamelContext(context);
                ((RouteBuilder) builder).configure();
            }
        } catch (Exception e) {
            Problem found = YamlProblems.of(file, e, text);
            RouteRepair repair = new RouteRepair(text);
            Optional<String> unsupported = YamlProblems.unsupported(found);
            Problem problem =
                    unsupported.map(key -> found.at(repair.lineOfKeyAt(found.line(), key), POSITION)).orElse(found);
            boolean again = problems.stream().anyMatch(told -> told.file().equals(file)
                    && told.line() == problem.line() && told.message().startsWith(YamlProblems.NOT_UNDERSTOOD)
                    && (unsupported.isEmpty() || told.message().equals(problem.message())));
            if (!again) {
                problems.add(problem);
            }
            Optional<RouteText> corrected = again ? Optional.empty() : repair.of(found);
            return corrected.isPresent() ? corrected : text.without(problem.line(), again);
        }
        texts.put(file, text);
        text.twice().forEach(key -> problems.add(new Problem(file, RouteText.lineOf(key),
                text.routeAt(RouteText.lineOf(key)), null, key.getValue(),
                "it stands here twice; remove one of them")));
        text.passedOver().forEach(key -> problems.add(new Problem(file, RouteText.lineOf(key), null, null, null,
                "'" + key.getValue()
                        + "' is no part of a route thorough, so Camel would pass over it; write it below the"
                        + " steps of a route" + Nearest.suggestion(key.getValue(), RouteText.OUTERMOST))));
        for (RoutesBuilder builder : builders) {
            RoutesDefinition all = ((RouteBuilder) builder).getRouteCollection();
            all.setCamelContext(context);
            new StepLines(text).correct(all.getOnExceptions());
            StepLines lines = new StepLines(text);
            all.getRoutes().forEach(lines::correct);
            steps.checkShared(file, text, all);
            for (RouteDefinition route : all.getRoutes()) {
                check(file, route, all);
            }
            for (RestDefinition rest : ((RouteBuilder) builder).getRestCollection().getRests()) {
                RestServices.lack(context).ifPresent(lack -> problems.add(new Problem(file,
                        Math.max(1, rest.getLineNumber()), null, null, null, lack)));
            }
            if (builder instanceof RouteConfigurationBuilder more) {
                more.configuration();
                for (RouteConfigurationDefinition configuration : more.getRouteConfigurationCollection()
                        .getRouteConfigurations()) {
                    configurations.add(configuration);
                    new StepLines(text).correct(configuration.getOnExceptions());
                    steps.checkShared(file, text, configuration);
                }
            }
        }
        return Optional.empty();
    }

    /** Tells of endpoints whose path is not given, which would hide all else, and gives them one for the checks. */
    private RouteText withPaths(String file, RouteText text) {
        List<RouteText.Written> incomplete = new ArrayList<>();
        text.endpoints(written -> {
            Set<String> missing = endpoints.missingPath(written);
            if (!missing.isEmpty()) {
                missing.forEach(option -> problems.add(new Problem(file, written.line(), text.routeAt(written.line()),
                        written.text(), option, "this option is required")));
                incomplete.add(written);
            }
        });
        RouteText whole = text;
        for (int i = incomplete.size() - 1; i >= 0; i--) {
            String scheme = incomplete.get(i).text();
            whole = whole.with(incomplete.get(i).uri(), '"' + scheme + ":" + EndpointCheck.anyPath(scheme) + '"');
        }
        return whole;
    }

    private void check(String file, RouteDefinition route, RoutesDefinition all) {
        String id = route.hasCustomIdAssigned() ? route.getId() : null;
        int line = route.getLineNumber();
        if (id == null) {
            problems.add(new Problem(file, line, null, null, null,
                    "a route has no id; give it one, it is the job's name"));
        } else {
            String earlier = files.putIfAbsent(id, file);
            if (earlier != null) {
                problems.add(new Problem(file, line, id, null, null,
                        "this id is taken by a route in " + earlier + "; every route needs its own"));
            }
        }
        boolean runs = wanted.test(route);
        EndpointUse input = route.getInput() == null
                ? null
                : new EndpointUse(file, texts.get(file), Math.max(route.getInput().getLineNumber(), line), id,
                        new JobRoute(context, route).input(), true);
        if (input != null) {
            calls.input(input, runs);
        }
        if (runs) {
            if (input != null) {
                List<Problem> found = new ArrayList<>(endpoints.problems(input));
                if (input.endpoint().scheme().equals("rest")) {
                    RestServices.lack(context).ifPresent(lack -> found.add(input.problem(null, lack)));
                }
                if (!found.isEmpty() || input.endpoint().place().contains(StandIns.UNKNOWN)) {
                    faulty.add(route.getInput());
                } else {
                    archives.add(List.of(input));
                }
                problems.addAll(found);
            }
            attributes(file, route);
            List<EndpointUse> uses = steps.check(file, texts.get(file), id, route.getOutputs());
            if (id != null && input != null) {
                clashes.add(route, uses);
                archives.add(uses);
            }
            made.add(new Made(file, route, all, JobRoute.steps(route.getOutputs())));
        }
    }

    /** What stands beside its input. */
    private void attributes(String file, RouteDefinition route) {
        Map<String, String> faults = new LinkedHashMap<>();
        if (route.hasCustomIdAssigned()) {
            try {
                context.resolvePropertyPlaceholders(route.getId());
            } catch (RuntimeException e) {
                faults.put("id", e.getMessage());
            }
        }
        Integer order = route.getStartupOrder();
        String earlier = order == null ? null : orders.putIfAbsent(order, String.valueOf(route.getId()));
        if (earlier != null) {
            faults.put("startupOrder", "route " + earlier + " has " + order + " too; give each its own");
        }
        faults.putAll(steps.routeFaults(route));
        if (!faults.isEmpty()) {
            faulty.add(route);
        }
        RouteText text = texts.get(file);
        faults.forEach((attribute, message) -> problems.add(new Problem(file,
                text.lineOfKey(route.getLineNumber(), attribute), route.getId(), null, attribute, message)));
    }

    /** Makes the routes with all that they share; what is shared and wrong has been told already. */
    private void make() {
        boolean sharedIsGood = problems.stream().allMatch(problem -> problem.route() != null);
        if (sharedIsGood) {
            context.getCamelContextExtension().getContextPlugin(Model.class).addRouteConfigurations(configurations);
        }
        for (Made one : made) {
            configurationIds(one);
            boolean good = one.steps().stream().noneMatch(steps::isFaulty) && !faulty.contains(one.route())
                    && !faulty.contains(one.route().getInput());
            if (sharedIsGood && good) {
                prepare(one);
            }
            problems.addAll(new RouteBuild(context, one.file(), one.route()).problems(one.steps(),
                    part -> faulty.contains(part) || steps.isFaulty(part)));
        }
    }

    private void prepare(Made one) {
        try {
            one.all().prepareRoute(one.route());
        } catch (RuntimeException e) {
            problems.add(new Problem(one.file(), one.route().getLineNumber(), one.route().getId(), null, null,
                    String.valueOf(e.getMessage())));
        }
    }

    /** Camel leaves out in silence what it does not find, and with it how often a step is tried again. */
    private void configurationIds(Made one) {
        String ids = one.route().getRouteConfigurationId();
        List<String> known = configurations.stream().map(RouteConfigurationDefinition::getId).toList();
        Stream.of(ids == null ? new String[0] : ids.split(","))
                .filter(id -> known.stream().noneMatch(name -> PatternHelper.matchPattern(name, id)))
                .forEach(id -> problems.add(new Problem(one.file(),
                        texts.get(one.file()).lineOfKey(one.route().getLineNumber(), "routeConfigurationId"),
                        one.route().getId(), null, "routeConfigurationId",
                        "no routeConfiguration has the id '" + id + "'" + Nearest.suggestion(id, known))));
    }
}
