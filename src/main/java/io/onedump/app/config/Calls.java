package io.onedump.app.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.onedump.artifact.Nearest;
import io.onedump.job.RouteEndpoint;
import io.onedump.job.Schemes;

/** Finds steps that call a route which nobody has written, and routes that begin where another one begins. */
final class Calls {

    /** Of these only one route can be at one place. */
    private static final Set<String> ALONE = Set.of("direct", "quartz");

    private final Map<String, String> inputs = new HashMap<>();
    private final List<EndpointUse> calls = new ArrayList<>();
    private final List<Problem> taken = new ArrayList<>();

    /**
     * What a route begins with.
     *
     * @param runs whether the route is one of those that are to run
     */
    void input(EndpointUse use, boolean runs) {
        String name = name(use.endpoint());
        String earlier = runs ? inputs.put(name, String.valueOf(use.route())) : inputs.putIfAbsent(name, "");
        if (runs && earlier != null && !earlier.isEmpty() && ALONE.contains(use.endpoint().scheme())) {
            taken.add(use.problem(null, "route " + earlier + " begins with it, and only one route can"
                    + (use.endpoint().scheme().equals("quartz")
                            ? "; give each its own groupName and triggerName"
                            : "; give each its own name")));
        }
    }

    void call(EndpointUse use) {
        boolean waits = use.endpoint().resolved().contains("failIfNoConsumers=false");
        if (Schemes.isInternal(use.endpoint().scheme()) && !use.endpoint().dynamic() && !waits) {
            calls.add(use);
        }
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(taken);
        calls.stream().filter(use -> !inputs.containsKey(name(use.endpoint())))
                .map(use -> use.problem(null, "no route begins with " + name(use.endpoint())
                        + Nearest.suggestion(name(use.endpoint()), inputs.keySet())))
                .forEach(problems::add);
        return problems;
    }

    private static String name(RouteEndpoint endpoint) {
        return endpoint.place().replace("://", ":");
    }
}
