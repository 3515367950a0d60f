package io.onedump.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.job.JobRoute;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.OnFallbackDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * How a run comes to a step: through the steps around it, and those that call its route.
 *
 * @param steps from the outermost to the step itself
 */
record StepPath(List<OptionalIdentifiedDefinition<?>> steps) {

    static final StepPath START = new StepPath(List.of());

    StepPath {
        steps = List.copyOf(steps);
    }

    /** The way from here to a step of a route. */
    StepPath to(RouteDefinition route, OptionalIdentifiedDefinition<?> step) {
        List<OptionalIdentifiedDefinition<?>> longer = new ArrayList<>(steps);
        JobRoute.steps(route.getOutputs()).stream().filter(around -> JobRoute.steps(List.of(around)).contains(step))
                .forEach(longer::add);
        return new StepPath(longer);
    }

    /** Whether no run goes both ways, or the second only where the first has failed. */
    boolean excludes(StepPath other) {
        int same = 0;
        while (same < Math.min(steps.size(), other.steps.size()) && steps.get(same) == other.steps.get(same)) {
            same++;
        }
        if (same == 0 || same == steps.size() || same == other.steps.size()) {
            return false;
        }
        return steps.get(same - 1) instanceof ChoiceDefinition || Stream.of(steps.get(same), other.steps.get(same))
                .anyMatch(step -> step instanceof CatchDefinition || step instanceof OnFallbackDefinition);
    }
}
