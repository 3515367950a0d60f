package io.onedump.app.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.job.JobRoute;
import io.onedump.job.Redaction;
import io.onedump.job.RouteEndpoint;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ValidateDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.SimpleExpression;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.PluginHelper;

/**
 * Finds everything that is wrong with route files without starting a route: what Camel cannot parse, route ids that are
 * missing or taken, step ids that are taken, expressions that Camel does not understand, and for each endpoint what
 * {@link EndpointCheck} finds.
 */
public final class RouteCheck {

    /** Steps whose expression is a condition, which simple reads by other rules. */
    private static final Set<Class<?>> PREDICATES =
            Set.of(FilterDefinition.class, ValidateDefinition.class, WhenDefinition.class);

    /** A file whose outermost level is a mapping, which Camel passes over in silence; with its first key. */
    private static final Pattern MAPPING =
            Pattern.compile("\\A(?:[ \\t]*(?:#.*|---.*|%.*)?\\R)*([A-Za-z]\\w*)[ \\t]*:");

    private final CamelContext context;
    private final EndpointCheck endpoints;
    private final Predicate<RouteDefinition> wanted;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, RouteText> texts = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();
    private final Map<String, String> steps = new HashMap<>();
    private final NameClashes clashes;
    private final Calls calls = new Calls();
    private final List<EndpointUse> uses = new ArrayList<>();

    /**
     * @param context an initialised one that has the properties and beans, and is not used for anything else
     * @param wanted  whose endpoints to look at
     */
    public RouteCheck(CamelContext context, Predicate<RouteDefinition> wanted) {
        this.context = context;
        this.endpoints = new EndpointCheck(context);
        this.wanted = wanted;
        this.clashes = new NameClashes(context);
    }

    /** All problems of all files. */
    public List<Problem> problems(Collection<RouteFile> routeFiles) {
        context.setSourceLocationEnabled(true);
        for (RouteFile file : routeFiles) {
            try {
                check(file);
            } catch (Exception e) {
                problems.add(YamlProblems.of(file.name(), e));
            }
        }
        problems.addAll(calls.problems());
        problems.addAll(clashes.problems());
        return problems.stream().distinct().sorted().toList();
    }

    private void check(RouteFile routes) throws Exception {
        String file = routes.name();
        String text = new String(routes.content(), StandardCharsets.UTF_8);
        Matcher mapping = MAPPING.matcher(text);
        if (mapping.find() && !mapping.group(1).equals("apiVersion")) {
            problems.add(new Problem(file, (int) text.substring(0, mapping.start(1)).lines().count() + 1, null, null,
                    null, "the file begins with '" + mapping.group(1) + ":' and no dash, so Camel sees no route in it;"
                            + " write '- " + mapping.group(1) + ":'"));
            return;
        }
        RouteText good = withPaths(file, new RouteText(text));
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
            builders = PluginHelper.getRoutesLoader(context).findRoutesBuilders(routes.resource());
            for (RoutesBuilder builder : builders) {
                ((RouteBuilder) builder).setCamelContext(context);
                ((RouteBuilder) builder).configure();
            }
        } catch (Exception e) {
            Problem problem = YamlProblems.of(file, e);
            boolean again = problems.stream().anyMatch(told -> told.file().equals(file)
                    && told.line() == problem.line() && told.message().startsWith(YamlProblems.NOT_UNDERSTOOD));
            if (!again) {
                problems.add(problem);
            }
            return text.without(problem.line(), again);
        }
        texts.put(file, text);
        text.twice().forEach(key -> problems.add(new Problem(file, RouteText.lineOf(key),
                text.routeAt(RouteText.lineOf(key)), null, key.getValue(),
                "it stands here twice; remove one of them")));
        text.passedOver().forEach(key -> problems.add(new Problem(file, RouteText.lineOf(key), null, null, null,
                "'" + key.getValue() + "' is no part of a route here, so Camel would pass over it; write it below the"
                        + " steps of a route" + Nearest.suggestion(key.getValue(), RouteText.OUTERMOST))));
        for (RoutesBuilder builder : builders) {
            for (RouteDefinition route : ((RouteBuilder) builder).getRouteCollection().getRoutes()) {
                check(file, route);
            }
            if (builder instanceof RouteConfigurationBuilder configurations) {
                configurations.configuration();
                configurations.getRouteConfigurationCollection().getRouteConfigurations()
                        .forEach(configuration -> check(file, configuration));
            }
        }
        return Optional.empty();
    }

    /** What would otherwise keep every route from being made. */
    private void check(String file, RouteConfigurationDefinition configuration) {
        walk(file, null, configuration.getOnExceptions());
        for (OnExceptionDefinition handler : configuration.getOnExceptions()) {
            try {
                handler.validateConfiguration();
            } catch (RuntimeException e) {
                problems.add(new Problem(file, handler.getLineNumber(), null, null, null, e.getMessage()));
            }
            handler.getExceptions().stream().filter(name -> context.getClassResolver().resolveClass(name) == null)
                    .forEach(name -> problems.add(new Problem(file, handler.getLineNumber(), null, null, null,
                            "there is no exception class " + name)));
            RedeliveryPolicyDefinition written = handler.getRedeliveryPolicyType();
            if (written != null) {
                checkRedelivery(file, handler.getLineNumber(), written);
            }
            String policy = handler.getRedeliveryPolicyRef();
            if (policy != null && context.getRegistry().lookupByName(policy) == null) {
                problems.add(new Problem(file, handler.getLineNumber(), null, null, null,
                        "there is no bean " + policy + " for redeliveryPolicyRef"));
            }
        }
    }

    private void checkRedelivery(String file, int line, RedeliveryPolicyDefinition policy) {
        try {
            CamelContextHelper.parseInteger(context, policy.getMaximumRedeliveries());
            CamelContextHelper.parseDuration(context, policy.getRedeliveryDelay());
            CamelContextHelper.parseDuration(context, policy.getMaximumRedeliveryDelay());
            CamelContextHelper.parseDouble(context, policy.getBackOffMultiplier());
            CamelContextHelper.parseDouble(context, policy.getCollisionAvoidanceFactor());
            CamelContextHelper.parseBoolean(context, policy.getUseExponentialBackOff());
            CamelContextHelper.parseBoolean(context, policy.getUseCollisionAvoidance());
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            problems.add(new Problem(file, line, null, null, "redeliveryPolicy",
                    "a value is not of its kind: " + cause.getMessage()));
        }
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

    private void check(String file, RouteDefinition route) {
        String id = route.hasCustomIdAssigned() ? route.getId() : null;
        if (id == null) {
            problems.add(new Problem(file, route.getLineNumber(), null, null, null,
                    "a route has no id; give it one, it is the job's name"));
        } else {
            String earlier = files.putIfAbsent(id, file);
            if (earlier != null) {
                problems.add(new Problem(file, route.getLineNumber(), id, null, null,
                        "this id is taken by a route in " + earlier + "; every route needs its own"));
            }
        }
        if (route.getInput() != null) {
            calls.input(new JobRoute(context, route).input());
        }
        if (wanted.test(route)) {
            int before = problems.size();
            if (route.getInput() != null) {
                problems.addAll(endpoints.problems(new EndpointUse(file, texts.get(file),
                        Math.max(route.getInput().getLineNumber(), route.getLineNumber()), id,
                        new JobRoute(context, route).input())));
            }
            uses.clear();
            walk(file, id, route.getOutputs());
            if (id != null && route.getInput() != null) {
                clashes.add(route, uses);
            }
            if (problems.size() == before) {
                build(file, route);
            }
        }
    }

    /** Has Camel make the route, which nothing starts, and so look up what the route names. */
    private void build(String file, RouteDefinition route) {
        try {
            context.getCamelContextExtension().getContextPlugin(Model.class).getModelReifierFactory()
                    .createRoute(context, route);
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            String message = Redaction.of(String.valueOf(cause.getMessage()));
            problems.add(new Problem(file, route.getLineNumber(), route.getId(), null, null,
                    cause instanceof ClassNotFoundException ? "there is no class " + message : message));
        }
    }

    private void walk(String file, String route, Collection<? extends OptionalIdentifiedDefinition<?>> nodes) {
        for (OptionalIdentifiedDefinition<?> node : JobRoute.steps(nodes)) {
            checkId(file, route, node);
            if (node instanceof LogDefinition log && log.getMessage() != null) {
                checkExpression(file, route, node.getLineNumber(), new SimpleExpression(log.getMessage()), false);
            }
            if (node instanceof HasExpressionType expression) {
                checkExpression(file, route, node.getLineNumber(), expression, PREDICATES.contains(node.getClass()));
            }
            for (RouteEndpoint endpoint : JobRoute.endpoints(context, node)) {
                EndpointUse use = new EndpointUse(file, texts.get(file), node.getLineNumber(), route, endpoint);
                problems.addAll(endpoints.problems(use));
                calls.call(use);
                uses.add(use);
            }
        }
    }

    private void checkId(String file, String route, OptionalIdentifiedDefinition<?> node) {
        if (node.hasCustomIdAssigned()) {
            String earlier = steps.putIfAbsent(node.getId(), file + ":" + node.getLineNumber());
            if (earlier != null) {
                problems.add(new Problem(file, node.getLineNumber(), route, null, null, "the step id "
                        + node.getId() + " is taken by " + earlier + "; every step of all routes needs its own, or"
                        + " none"));
            }
        }
    }

    private void checkExpression(String file, String route, int line, HasExpressionType node, boolean predicate) {
        if (node.getExpressionType() != null) {
            checkExpression(file, route, line, node.getExpressionType(), predicate);
        }
    }

    private void checkExpression(String file, String route, int line, ExpressionDefinition expression,
            boolean predicate) {
        try {
            if (predicate) {
                expression.createPredicate(context);
            } else {
                expression.createExpression(context);
            }
            if (expression.getLanguage().equals("simple")) {
                DateFunctions.problem(context, expression.getExpression())
                        .ifPresent(problem -> problems.add(new Problem(file, line, route, null, null, problem)));
            }
        } catch (RuntimeException e) {
            problems.add(new Problem(file, line, route, null, null, "the " + expression.getLanguage()
                    + " expression '" + expression.getExpression() + "' is not understood: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
        }
    }
}
