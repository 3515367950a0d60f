package io.onedump.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.onedump.job.RouteEndpoint;

/** Finds steps that call a route by {@code direct:} which nobody has written. */
final class Calls {

    private static final String SCHEME = "direct";

    private final Set<String> inputs = new TreeSet<>();
    private final List<EndpointUse> calls = new ArrayList<>();

    /** What a route begins with. */
    void input(RouteEndpoint endpoint) {
        inputs.add(name(endpoint));
    }

    void call(EndpointUse use) {
        boolean waits = use.endpoint().resolved().contains("failIfNoConsumers=false");
        if (use.endpoint().scheme().equals(SCHEME) && !use.endpoint().dynamic() && !waits) {
            calls.add(use);
        }
    }

    List<Problem> problems() {
        return calls.stream().filter(use -> !inputs.contains(name(use.endpoint())))
                .map(use -> use.problem(null, "no route begins with " + name(use.endpoint())
                        + Nearest.suggestion(name(use.endpoint()), inputs)))
                .toList();
    }

    private static String name(RouteEndpoint endpoint) {
        return endpoint.place().replace("://", ":");
    }
}
