package io.onedump.app.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.onedump.dump.DumpEndpoint;
import io.onedump.job.Job;
import io.onedump.job.JobRoute;
import io.onedump.job.RouteEndpoint;
import io.onedump.job.Schemes;
import io.onedump.storage.StorageEndpoint;
import io.onedump.storage.StorageOperation;
import io.onedump.storage.retention.NamePattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.model.RouteDefinition;

/**
 * Finds jobs that can keep artifacts of the same name in the same place: one would replace, or be refused by, what the
 * other has kept.
 */
final class NameClashes {

    private final CamelContext context;
    private final List<Steps> routes = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();

    /** A route's good steps; one that is no job belongs to those that call it. */
    private record Steps(boolean job, RouteEndpoint input, List<EndpointUse> steps) {
    }

    /** Names that a step of a job can make in a place. */
    private record Claim(String job, EndpointUse step, String place, NamePattern names) {

        boolean clashesWith(Claim other) {
            return !job.equals(other.job) && names.overlaps(place, other.names, other.place);
        }
    }

    NameClashes(CamelContext context) {
        this.context = context;
    }

    /**
     * Notes the steps of a route.
     *
     * @param steps in the order of the route; only those that are good
     */
    void add(RouteDefinition route, List<EndpointUse> steps) {
        routes.add(new Steps(Job.isJob(context, route), new JobRoute(context, route).input(), List.copyOf(steps)));
    }

    /** What a run of the job can make, in the routes that it calls too. */
    private void claim(String job, List<EndpointUse> steps, Set<String> called) {
        String dumped = null;
        for (EndpointUse step : steps) {
            if (Schemes.isInternal(step.endpoint().scheme()) && called.add(step.endpoint().place())) {
                routes.stream().filter(route -> !route.job() && route.input().place().equals(step.endpoint().place()))
                        .forEach(route -> claim(job, route.steps(), called));
            } else if (step.endpoint().scheme().equals("dump") && endpoint(step) instanceof DumpEndpoint dump) {
                dumped = dump.artifactNames(job).get(0);
            } else if (step.endpoint().scheme().equals("storage")
                    && endpoint(step) instanceof StorageEndpoint storage) {
                add(job, step, storage, dumped);
            }
        }
    }

    private void add(String job, EndpointUse step, StorageEndpoint storage, String dumped) {
        try {
            claim(job, step, storage, dumped);
        } catch (RuntimeException e) {
            // Told where the endpoint is checked.
        }
        storage.stop();
    }

    private void claim(String job, EndpointUse step, StorageEndpoint storage, String dumped) {
        String own = storage.getConfiguration().getFileName();
        String fileName = own == null ? dumped : own;
        if (storage.getConfiguration().getOperation() == StorageOperation.PUT && fileName != null) {
            storage.place()
                    .ifPresent(place -> claims.add(new Claim(job, step, place, storage.possibleNames(fileName))));
        }
    }

    /** One for each step whose names an earlier one of another job can make too. */
    List<Problem> problems() {
        routes.stream().filter(Steps::job).filter(route -> !route.steps().isEmpty())
                .forEach(route -> claim(route.steps().get(0).route(), route.steps(), new HashSet<>()));
        List<Problem> problems = new ArrayList<>();
        for (int i = 1; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            claims.subList(0, i).stream().filter(claim::clashesWith).findFirst()
                    .ifPresent(earlier -> problems.add(claim.step().problem("fileName",
                            "job " + earlier.job() + " can keep an artifact of the same name in this place;"
                                    + " put the job's name into path or fileName of one of them")));
        }
        return problems;
    }

    private Endpoint endpoint(EndpointUse step) {
        try {
            Endpoint endpoint = context.getComponent(step.endpoint().scheme())
                    .createEndpoint(step.endpoint().resolved());
            endpoint.init();
            return endpoint;
        } catch (Exception e) {
            // Told where the endpoint is checked.
            return null;
        }
    }
}
