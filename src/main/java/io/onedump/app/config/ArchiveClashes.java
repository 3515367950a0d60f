package io.onedump.app.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.onedump.artifact.Nearest;
import io.onedump.binlog.BinlogEndpoint;
import io.onedump.binlog.BinlogOperation;
import io.onedump.drill.DrillEndpoint;
import org.apache.camel.CamelContext;

/**
 * Finds routes that archive into the same place, since each would take the other's files for its own, and options of
 * archives and drills that name jobs that there are not.
 */
final class ArchiveClashes {

    private final CamelContext context;
    private final Map<String, EndpointUse> places = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Named> named = new ArrayList<>();

    /** Another job that an archive's option names. */
    private record Named(EndpointUse use, String option, String job) {
    }

    ArchiveClashes(CamelContext context) {
        this.context = context;
    }

    /** @param uses inputs and steps that are good */
    void add(List<EndpointUse> uses) {
        for (EndpointUse use : uses) {
            if (use.endpoint().scheme().equals("binlog")) {
                add(use);
            } else if (use.endpoint().scheme().equals("drill")) {
                addDrill(use);
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
                name(use, "keepFor", endpoint.getConfiguration().getKeepFor());
                name(use, "onNewTimeline", endpoint.getConfiguration().getOnNewTimeline());
            }
        } catch (Exception e) {
            // Told where the endpoint is checked.
        }
    }

    private void addDrill(EndpointUse use) {
        try {
            DrillEndpoint endpoint =
                    (DrillEndpoint) context.getComponent("drill").createEndpoint(use.endpoint().resolved());
            name(use, "job", endpoint.getJob());
            name(use, "archiveJob", endpoint.getArchiveJob());
        } catch (Exception e) {
            // Told where the endpoint is checked.
        }
    }

    private void name(EndpointUse use, String option, String job) {
        if (job != null) {
            named.add(new Named(use, option, job));
        }
    }

    private void claim(String place, EndpointUse use) {
        EndpointUse first = places.putIfAbsent(place, use);
        if (first != null && !String.valueOf(first.route()).equals(String.valueOf(use.route()))) {
            problems.add(use.problem("storage", "route " + first.route() + " archives into the same place: give each"
                    + " archive a folder of its own"));
        }
    }

    /**
     * One for each route whose place an earlier one has, and for each that names a job that there is not.
     *
     * @param routes the ids of all
     */
    List<Problem> problems(Set<String> routes) {
        List<Problem> all = new ArrayList<>(problems);
        named.forEach(named -> {
            if (!routes.contains(named.job())) {
                all.add(named.use().problem(named.option(), "there is no job '" + named.job() + "'"
                        + Nearest.suggestion(named.job(), routes)));
            }
        });
        return all;
    }
}
