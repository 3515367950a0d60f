package io.onedump.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.Model;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.OutputNode;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.EndpointHelper;

/**
 * A route as everybody who asks about a job sees it: its steps wherever they stand, its endpoints however they are
 * written, and the steps of the routes that it calls by {@code direct:} or {@code seda:}.
 */
public record JobRoute(CamelContext context, RouteDefinition definition) {

    private static final String SIMPLE = "simple";
    private static final String CONSTANT = "constant";
    private static final Pattern OTHER_OPERATION = Pattern.compile("(?i)[?&]operation=(?!put\\b)");
    private static final String EXPRESSION = "${";
    private static final String OTHER_EXPRESSION = "$simple{";

    /** Where it starts from. */
    public RouteEndpoint input() {
        return endpoint(context, definition.getInput().getEndpointUri(), false, definition.getInput().getLineNumber());
    }

    /** The same as its file has it, also where {@link RunOnce} has taken it off. */
    public RouteEndpoint writtenInput() {
        RunOnce once = context.getCamelContextExtension().getContextPlugin(RunOnce.class);
        return once == null ? input() : once.input(definition.getRouteId()).orElseGet(this::input);
    }

    /** Whether it starts by itself: its {@code autoStartup}, whose placeholders are looked up. */
    public boolean isEnabled() {
        return !Boolean.FALSE.equals(CamelContextHelper.parseBoolean(context, definition.getAutoStartup()));
    }

    /** All endpoints behind its input, in the order of the route. */
    public List<RouteEndpoint> endpoints() {
        List<RouteEndpoint> endpoints = new ArrayList<>();
        Set<RouteDefinition> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(definition, seen, endpoints);
        return endpoints;
    }

    /** Whether a step puts something into a storage. */
    boolean stores() {
        return endpoints().stream().anyMatch(endpoint -> endpoint.scheme().equals(Schemes.STORAGE)
                && !OTHER_OPERATION.matcher(endpoint.resolved()).find());
    }

    private void collect(RouteDefinition route, Set<RouteDefinition> seen, List<RouteEndpoint> endpoints) {
        if (!seen.add(route)) {
            return;
        }
        for (OptionalIdentifiedDefinition<?> step : steps(route.getOutputs())) {
            for (RouteEndpoint endpoint : endpoints(context, step)) {
                endpoints.add(endpoint);
                if (Schemes.isInternal(endpoint.scheme())) {
                    called(endpoint.place()).forEach(other -> collect(other, seen, endpoints));
                }
            }
        }
    }

    /** The routes behind an internal endpoint; a job that others can start stays a job of its own. */
    private List<RouteDefinition> called(String place) {
        return context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().stream()
                .filter(route -> route.getInput() != null && !Job.isJob(context, route)
                        && new JobRoute(context, route).input().place().equals(place))
                .toList();
    }

    /** The endpoints that a step sends to or reads from. */
    public static List<RouteEndpoint> endpoints(CamelContext context, OptionalIdentifiedDefinition<?> step) {
        if (step instanceof EndpointRequiredDefinition sends) {
            return sends.getEndpointUri() == null
                    ? List.of()
                    : List.of(endpoint(context, sends.getEndpointUri(), false, step.getLineNumber()));
        }
        if (step instanceof ToDynamicDefinition sends) {
            return sends.getUri() == null
                    ? List.of()
                    : List.of(endpoint(context, sends.getUri(), true, step.getLineNumber()));
        }
        boolean evaluated = step instanceof HasExpressionType expression && expression.getExpressionType() != null
                && SIMPLE.equals(expression.getExpressionType().getLanguage());
        return expressions(step).map(uri -> endpoint(context, uri, evaluated, step.getLineNumber())).toList();
    }

    private static RouteEndpoint endpoint(CamelContext context, String uri, boolean evaluated, int line) {
        String resolved = resolve(context, uri);
        return new RouteEndpoint(uri, resolved,
                evaluated && (resolved.contains(EXPRESSION) || resolved.contains(OTHER_EXPRESSION)), line);
    }

    private static Stream<String> expressions(OptionalIdentifiedDefinition<?> step) {
        if (step instanceof RecipientListDefinition<?> list) {
            return split(list, list.getDelimiter());
        }
        if (step instanceof RoutingSlipDefinition<?> slip) {
            return split(slip, slip.getUriDelimiter());
        }
        return step instanceof EnrichDefinition || step instanceof PollEnrichDefinition
                ? text((HasExpressionType) step)
                : Stream.empty();
    }

    private static Stream<String> split(HasExpressionType step, String delimiter) {
        return text(step).flatMap(
                uris -> Arrays.stream(uris.split(Pattern.quote(delimiter == null ? "," : delimiter)))).map(String::trim)
                .filter(uri -> !uri.isEmpty());
    }

    private static Stream<String> text(HasExpressionType step) {
        ExpressionDefinition expression = step.getExpressionType();
        boolean readable = expression != null && expression.getExpression() != null
                && (SIMPLE.equals(expression.getLanguage()) || CONSTANT.equals(expression.getLanguage()));
        return readable ? Stream.of(expression.getExpression()) : Stream.empty();
    }

    /** The URI without its placeholders; with them where a property is not set, which the check reports. */
    static String resolve(CamelContext context, String uri) {
        try {
            return EndpointHelper.resolveEndpointUriPropertyPlaceholders(context, uri);
        } catch (RuntimeException e) {
            return uri;
        }
    }

    /** All steps with those inside them, in the order of the file; branches are steps too. */
    public static List<OptionalIdentifiedDefinition<?>> steps(
            Collection<? extends OptionalIdentifiedDefinition<?>> outer) {
        List<OptionalIdentifiedDefinition<?>> steps = new ArrayList<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        outer.forEach(step -> add(step, seen, steps));
        return steps;
    }

    private static void add(OptionalIdentifiedDefinition<?> step, Set<Object> seen,
            List<OptionalIdentifiedDefinition<?>> steps) {
        if (seen.add(step)) {
            steps.add(step);
            inside(step).forEach(inner -> add(inner, seen, steps));
        }
    }

    private static List<OptionalIdentifiedDefinition<?>> inside(OptionalIdentifiedDefinition<?> step) {
        List<OptionalIdentifiedDefinition<?>> inside = new ArrayList<>();
        if (step instanceof ProcessorDefinition<?> plain) {
            inside.addAll(plain.getOutputs());
        } else if (step instanceof OutputNode branch) {
            inside.addAll(branch.getOutputs());
        }
        if (step instanceof ChoiceDefinition choice) {
            inside.addAll(choice.getWhenClauses());
            inside.add(choice.getOtherwise());
        } else if (step instanceof TryDefinition attempt) {
            if (attempt.getCatchClauses() != null) {
                inside.addAll(attempt.getCatchClauses());
            }
            inside.add(attempt.getFinallyClause());
        } else if (step instanceof CircuitBreakerDefinition breaker) {
            inside.add(breaker.getOnFallback());
        }
        inside.removeIf(Objects::isNull);
        return inside;
    }
}
