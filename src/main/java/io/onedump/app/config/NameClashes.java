package io.onedump.app.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.onedump.dump.DumpEndpoint;
import io.onedump.job.Job;
import io.onedump.job.JobRoute;
import io.onedump.job.Schemes;
import io.onedump.storage.StorageEndpoint;
import io.onedump.storage.StorageOperation;
import io.onedump.storage.retention.NameOverlap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.model.RouteDefinition;

/**
 * Finds jobs that can keep artifacts of the same name in the same place: one would replace, or be refused by, what the
 * other has kept.
 */
final class NameClashes {

    private final CamelContext context;
    /** The good steps of each job. */
    private final List<List<EndpointUse>> jobs = new ArrayList<>();
    /** Those of the other routes, which belong to the jobs that call them, by what calls them. */
    private final Map<String, List<List<EndpointUse>>> callees = new HashMap<>();
    private final List<Claim> claims = new ArrayList<>();

    /**
     * Names that a step of a job can make in a place.
     *
     * @param order the step's among all
     */
    private record Claim(int order, String job, EndpointUse step, NameOverlap names) {

        boolean clashesWith(Claim other) {
            return !job.equals(other.job) && names.meets(other.names);
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
        List<EndpointUse> own = List.copyOf(steps);
        if (Job.isJob(context, route)) {
            jobs.add(own);
        } else {
            callees.computeIfAbsent(new JobRoute(context, route).input().place(), place -> new ArrayList<>()).add(own);
        }
    }

    /** What a run of the job can make, in the routes that it calls too. */
    private void claim(String job, List<EndpointUse> steps, Set<String> called) {
        String dumped = null;
        for (EndpointUse step : steps) {
            if (Schemes.isInternal(step.endpoint().scheme()) && called.add(step.endpoint().place())) {
                callees.getOrDefault(step.endpoint().place(), List.of())
                        .forEach(more -> claim(job, more, called));
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
                    .ifPresent(place -> claims.add(new Claim(claims.size(), job, step,
                            storage.possibleNames(fileName).in(place))));
        }
    }

    /** One for each step whose names an earlier one of another job can make too. */
    List<Problem> problems() {
        jobs.stream().filter(steps -> !steps.isEmpty())
                .forEach(steps -> claim(steps.get(0).route(), steps, new HashSet<>()));
        List<Problem> problems = new ArrayList<>();
        NavigableMap<String, List<Claim>> earlier = new TreeMap<>();
        for (Claim claim : claims) {
            like(claim, earlier).filter(claim::clashesWith).min(Comparator.comparingInt(Claim::order))
                    .ifPresent(first -> problems.add(claim.step().problem("fileName",
                            "job " + first.job() + " can keep an artifact of the same name in this place;"
                                    + " put the job's name into path or fileName of one of them")));
            earlier.computeIfAbsent(claim.names().start(), start -> new ArrayList<>()).add(claim);
        }
        return problems;
    }

    /** Those whose names may begin as this one's do: of thousands of jobs a few. */
    private static Stream<Claim> like(Claim claim, NavigableMap<String, List<Claim>> earlier) {
        String start = claim.names().start();
        Stream<List<Claim>> shorter = IntStream.range(0, start.length())
                .mapToObj(length -> earlier.getOrDefault(start.substring(0, length), List.of()));
        Stream<List<Claim>> longer = earlier.tailMap(start).entrySet().stream()
                .takeWhile(other -> other.getKey().startsWith(start)).map(Map.Entry::getValue);
        return Stream.concat(shorter, longer).flatMap(List::stream);
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
