package io.onedump.app.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.job.ExitCode;
import io.onedump.job.JobResult;
import io.onedump.job.JobRoute;
import io.onedump.job.StepFailure;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** Starts the routes of a context one by one: what one of them cannot do is its own affair. */
final class RouteStarts {

    private final List<RouteDefinition> started = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Those that shall start by themselves: first those that others call, else in the order that they ask for. */
    void startAll(CamelContext context) {
        context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().stream()
                .filter(route -> new JobRoute(context, route).isEnabled())
                .sorted(Comparator.comparingInt(RouteStarts::order)).forEach(route -> start(context, route));
    }

    private void start(CamelContext context, RouteDefinition route) {
        String id = route.getRouteId();
        try {
            context.getRouteController().startRoute(id);
            started.add(route);
        } catch (Exception e) {
            String file = route.getResource() == null ? "configuration" : route.getResource().getLocation();
            StartFailures.explain(e, id).problems().forEach(problem -> problems
                    .add(new Problem(file, route.getLineNumber(), id, null, null, problem.message())));
            try {
                context.getRouteController().stopRoute(id);
            } catch (Exception e2) {
                e.addSuppressed(e2);
            }
        }
    }

    /** The routes that run. */
    Stream<RouteDefinition> started() {
        return started.stream();
    }

    /** One for each route that could not start. */
    List<JobResult> failures() {
        return problems.stream().map(problem -> refusal(problem.route(), List.of(problem))).toList();
    }

    ConfigurationException nothingStarted(String place) {
        return problems.isEmpty()
                ? new ConfigurationException(Problem.of(place,
                        "no route starts by itself, so there is nothing to serve:"
                                + " autoStartup is false in all of them, as it is in the samples; write true for those"
                                + " that shall run"))
                : new ConfigurationException(problems);
    }

    /** What became of a job that cannot be run. */
    static JobResult refusal(String job, List<Problem> problems) {
        Instant now = Instant.now();
        return new JobResult(job, now, now, List.of(), problems.stream()
                .map(problem -> new StepFailure("start", problem.toString(), ExitCode.CONFIGURATION)).toList());
    }

    private static int order(RouteDefinition route) {
        return route.getStartupOrder() == null ? Integer.MAX_VALUE : route.getStartupOrder();
    }
}
