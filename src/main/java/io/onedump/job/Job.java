package io.onedump.job;

import java.util.Set;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * A route that does the work of this application: it starts from a schedule, or its group is {@code job}.
 *
 * @param id          the route's id
 * @param description may be empty
 * @param input       the URI of its input as written, with its options; its schedule, when it has one
 * @param schemes     the schemes of all endpoints that it sends to
 * @param enabled     whether it starts by itself; it can be run by hand all the same
 */
public record Job(String id, String description, RouteEndpoint input, Set<String> schemes, boolean enabled) {

    public static final String GROUP = "job";

    public Job {
        schemes = Set.copyOf(schemes);
    }

    /** Whether a route is a job. */
    public static boolean isJob(CamelContext context, RouteDefinition route) {
        return GROUP.equals(route.getGroup())
                || route.getInput() != null && Schemes.isSchedule(new JobRoute(context, route).input().scheme());
    }

    /** @param input the one that the definition had before it was replaced */
    static Job of(JobRoute route, RouteEndpoint input, boolean enabled) {
        RouteDefinition definition = route.definition();
        return new Job(definition.getId(), definition.getDescription() == null ? "" : definition.getDescription(),
                input, route.endpoints().stream().map(RouteEndpoint::scheme).collect(Collectors.toSet()), enabled);
    }

    /** Whether it can be run at any time: its steps need nothing from what it starts from. */
    public boolean isRunnable() {
        return Schemes.isSchedule(input.scheme()) || Schemes.isInternal(input.scheme());
    }

    public boolean isDump() {
        return schemes.stream().anyMatch(Schemes::isDumper);
    }
}
