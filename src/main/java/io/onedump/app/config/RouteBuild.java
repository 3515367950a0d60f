package io.onedump.app.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.onedump.artifact.RootCause;
import io.onedump.job.JobRoute;
import io.onedump.job.Redaction;
import org.apache.camel.CamelContext;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnFallbackDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.WhenDefinition;

/**
 * Has Camel make a route, which nothing starts, and so look up what the route names. Where that fails, each step is
 * made by itself, to find all that cannot be made, and where they stand.
 */
final class RouteBuild {

    private static final Set<Class<?>> BRANCHES = Set.of(CatchDefinition.class, FinallyDefinition.class,
            OnFallbackDefinition.class, OtherwiseDefinition.class, WhenDefinition.class);

    private final CamelContext context;
    private final String file;
    private final RouteDefinition route;

    /** @param route with what it shares with others */
    RouteBuild(CamelContext context, String file, RouteDefinition route) {
        this.context = context;
        this.file = file;
        this.route = route;
    }

    /**
     * @param steps of the route as it is written
     * @param known whether a problem of the route's input or of a step is known already
     */
    List<Problem> problems(List<OptionalIdentifiedDefinition<?>> steps, Predicate<Object> known) {
        String failure = route.getInput() == null ? null : failure(route);
        if (failure == null) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        int from = Math.max(route.getInput().getLineNumber(), route.getLineNumber());
        String begin = failure(probe(route.getInput(), new StopDefinition()));
        if (begin != null && !known.test(route.getInput())) {
            problems.add(problem(from, begin));
        }
        Map<ProcessorDefinition<?>, String> failed = new LinkedHashMap<>();
        for (OptionalIdentifiedDefinition<?> step : steps) {
            boolean branch = BRANCHES.contains(step.getClass()) && !route.getOutputs().contains(step);
            if (step instanceof ProcessorDefinition<?> alone && !branch
                    && JobRoute.steps(List.of(step)).stream().noneMatch(known)) {
                String message = failure(probe(new FromDefinition("direct:onedump-check"), alone));
                if (message != null) {
                    failed.put(alone, message);
                }
            }
        }
        failed.forEach((step, message) -> {
            boolean inside = JobRoute.steps(List.of(step)).stream()
                    .anyMatch(inner -> inner != step && message.equals(failed.get(inner)));
            if (!inside) {
                problems.add(problem(step.getLineNumber(), message));
            }
        });
        if (problems.isEmpty() && steps.stream().noneMatch(known) && !known.test(route.getInput())
                && !known.test(route)) {
            problems.add(problem(route.getLineNumber(), failure));
        }
        return problems;
    }

    private RouteDefinition probe(FromDefinition input, ProcessorDefinition<?> step) {
        RouteDefinition probe = new RouteDefinition();
        probe.setId(route.getId());
        probe.setInput(input);
        probe.setOutputs(new ArrayList<>(List.of(step)));
        return probe;
    }

    private Problem problem(int line, String message) {
        return new Problem(file, line > 0 ? line : route.getLineNumber(), route.getId(), null, null, message);
    }

    /** Why it cannot be made, or null. */
    private String failure(RouteDefinition definition) {
        try {
            context.getCamelContextExtension().getContextPlugin(Model.class).getModelReifierFactory()
                    .createRoute(context, definition);
            return null;
        } catch (RuntimeException e) {
            Throwable cause = RootCause.of(e);
            String message = Redaction.of(String.valueOf(cause.getMessage()));
            return cause instanceof ClassNotFoundException
                    ? "there is no class " + message
                    : message.contains("has no output processors")
                            ? "it has no steps; write what the job does below the steps of from"
                            : Beans.explained(context, message);
        }
    }
}
