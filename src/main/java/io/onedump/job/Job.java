package io.onedump.job;

import java.util.LinkedHashSet;
import java.util.Set;

import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;

/**
 * A route that does the work of this application: it starts from a schedule, or its group is {@code job}.
 *
 * @param id          the route's id
 * @param description may be empty
 * @param schedule    the URI of its input, with its options
 * @param schemes     the schemes of all endpoints that it sends to
 */
public record Job(String id, String description, String schedule, Set<String> schemes) {

    public static final String GROUP = "job";
    private static final Set<String> SCHEDULES = Set.of("quartz", "timer", "scheduler", "cron");

    /** Schemes whose presence makes {@code onedump dump} run a job. */
    private static final Set<String> DUMPERS = Set.of("dump", "exec");

    public Job {
        schemes = Set.copyOf(schemes);
    }

    /** Whether a route is a job. */
    public static boolean isJob(RouteDefinition route) {
        return GROUP.equals(route.getGroup())
                || route.getInput() != null && isSchedule(route.getInput().getEndpointUri());
    }

    /** Whether an endpoint starts routes at times of its own. */
    public static boolean isSchedule(String uri) {
        return SCHEDULES.contains(scheme(uri));
    }

    /** @param schedule the input that the definition had before it was replaced */
    static Job of(RouteDefinition route, String schedule) {
        Set<String> schemes = new LinkedHashSet<>();
        for (Object node : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(),
                ProcessorDefinition.class)) {
            if (node instanceof EndpointRequiredDefinition sends && sends.getEndpointUri() != null) {
                schemes.add(scheme(sends.getEndpointUri()));
            }
        }
        return new Job(route.getId(), route.getDescription() == null ? "" : route.getDescription(), schedule, schemes);
    }

    public boolean isDump() {
        return schemes.stream().anyMatch(DUMPERS::contains);
    }

    static String scheme(String uri) {
        int colon = uri.indexOf(':');
        return colon < 0 ? uri : uri.substring(0, colon);
    }
}
