package io.onedump.app.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.onedump.binlog.BinlogEndpoint;
import io.onedump.binlog.BinlogOperation;
import org.apache.camel.CamelContext;

/** Finds routes that archive into the same place: each would take the other's files for its own, and replace them. */
final class ArchiveClashes {

    private final CamelContext context;
    private final Map<String, EndpointUse> places = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    ArchiveClashes(CamelContext context) {
        this.context = context;
    }

    /** @param uses inputs and steps that are good */
    void add(List<EndpointUse> uses) {
        for (EndpointUse use : uses) {
            if (use.endpoint().scheme().equals("binlog")) {
                add(use);
            }
        }
    }

    private void add(EndpointUse use) {
        try {
            BinlogEndpoint endpoint =
                    (BinlogEndpoint) context.getComponent("binlog").createEndpoint(use.endpoint().resolved());
            endpoint.init();
            if (endpoint.getOperation() == BinlogOperation.archive) {
                endpoint.place().ifPresent(place -> claim(place, use));
            }
        } catch (Exception e) {
            // Told where the endpoint is checked.
        }
    }

    private void claim(String place, EndpointUse use) {
        EndpointUse first = places.putIfAbsent(place, use);
        if (first != null && !String.valueOf(first.route()).equals(String.valueOf(use.route()))) {
            problems.add(use.problem("storage", "route " + first.route() + " archives into the same place: give each"
                    + " archive a folder of its own"));
        }
    }

    /** One for each route whose place an earlier one has. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
