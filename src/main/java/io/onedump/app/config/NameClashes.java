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

import io.onedump.artifact.Compression;
import io.onedump.artifact.SealedName;
import io.onedump.dump.DumpEndpoint;
import io.onedump.job.Job;
import io.onedump.job.JobRoute;
import io.onedump.job.Schemes;
import io.onedump.storage.StorageEndpoint;
import io.onedump.storage.StorageOperation;
import io.onedump.storage.retention.NameOverlap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.RemoveHeaderDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ScriptDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetHeadersDefinition;

/**
 * Finds steps that can keep artifacts of the same name in the same place: one would replace, or be refused by, what the
 * other has kept. Steps of one job are told of only where the names are certain to be the same in one run.
 */
final class NameClashes {

    /** A route may call others often, and those others again. */
    private static final int MOST_CALLS = 200;

    private final CamelContext context;
    private final List<Steps> jobs = new ArrayList<>();
    /** The other routes, whose steps belong to the jobs that call them, by what calls them. */
    private final Map<String, List<Steps>> callees = new HashMap<>();
    private final List<Claim> claims = new ArrayList<>();

    /** The steps of a route with an endpoint. */
    private record Steps(RouteDefinition route, List<EndpointUse> uses) {
    }

    /**
     * Names that a step of a job can make in a place.
     *
     * @param order the step's among all
     * @param path  how a run comes to it
     * @param sure  whether the names are those that it makes
     */
    private record Claim(int order, String job, EndpointUse step, StepPath path, boolean sure, NameOverlap names) {

        boolean clashesWith(Claim other) {
            boolean canBeBoth = !job.equals(other.job) || order != other.order && sure && other.sure
                    && !names.varies() && !other.names.varies() && !path.excludes(other.path);
            return canBeBoth && names.meets(other.names);
        }

        Problem problem(Claim first) {
            return step.problem("fileName", job.equals(first.job)
                    ? "an earlier step of the same run" + (step == first.step
                            ? ", which comes here more than once,"
                            : " (line " + first.step.line() + ")")
                            + " keeps an artifact of the same name in this place, and none replaces what its own run"
                            + " has kept; give each a path or fileName of its own"
                    : "job " + first.job + " can keep an artifact of the same name in this place;"
                            + " put the job's name into path or fileName of one of them");
        }
    }

    NameClashes(CamelContext context) {
        this.context = context;
    }

    /**
     * Notes the steps of a route.
     *
     * @param uses in the order of the route; only those that are good
     */
    void add(RouteDefinition route, List<EndpointUse> uses) {
        Steps steps = new Steps(route, List.copyOf(uses));
        if (Job.isJob(context, route)) {
            jobs.add(steps);
        } else {
            callees.computeIfAbsent(new JobRoute(context, route).input().place(), place -> new ArrayList<>())
                    .add(steps);
        }
    }

    /** What a run of a job can make, in the routes that it calls too. */
    private final class Walk {

        private final String job;
        private final Set<String> within = new HashSet<>();
        private int calls;
        /** The name of the dump that was made last; null for none. */
        private String dumped;
        /** Whether nothing can have named it otherwise since. */
        private boolean sure;

        Walk(String job) {
            this.job = job;
        }

        void through(Steps steps, StepPath start) {
            for (OptionalIdentifiedDefinition<?> step : JobRoute.steps(steps.route().getOutputs())) {
                sure &= !(step instanceof SetHeaderDefinition || step instanceof SetHeadersDefinition
                        || step instanceof RemoveHeaderDefinition || step instanceof RemoveHeadersDefinition
                        || step instanceof ProcessDefinition || step instanceof BeanDefinition
                        || step instanceof ScriptDefinition);
                steps.uses().stream().filter(use -> use.step() == step).forEach(use -> at(use, steps.route(), start));
            }
        }

        private void at(EndpointUse step, RouteDefinition route, StepPath start) {
            String scheme = step.endpoint().scheme();
            if (Schemes.isInternal(scheme)) {
                call(step.endpoint().place(), start.to(route, step.step()));
            } else if (scheme.equals("dump") && endpoint(step) instanceof DumpEndpoint dump) {
                dumped = dump.getCompression().nameFor(dump.artifactNames(job).get(0));
                sure = true;
            } else if (scheme.equals("encrypt")) {
                dumped = dumped == null ? null : SealedName.of(dumped);
            } else if (scheme.equals("storage") && endpoint(step) instanceof StorageEndpoint storage) {
                keep(step, storage, start.to(route, step.step()));
            } else if (!scheme.equals("log")) {
                sure = false;
            }
        }

        private void call(String place, StepPath path) {
            if (++calls <= MOST_CALLS && within.add(place)) {
                callees.getOrDefault(place, List.of()).forEach(steps -> through(steps, path));
                within.remove(place);
            }
        }

        private void keep(EndpointUse step, StorageEndpoint storage, StepPath path) {
            try {
                if (storage.getConfiguration().getOperation() == StorageOperation.PUT) {
                    int order = claims.isEmpty() ? 0 : claims.get(claims.size() - 1).order() + 1;
                    boolean named = storage.getConfiguration().getFileName() != null;
                    boolean known = (named || sure) && !step.endpoint().place().contains("$");
                    names(storage).forEach(name -> storage.possibleNames(name)
                            .ifPresent(names -> claims.add(new Claim(order, job, step, path, known, names))));
                }
            } catch (RuntimeException e) {
                // Told where the endpoint is checked.
            }
            storage.stop();
        }

        /** A name keeps the endings of compression and seal, which are not known of what is no dump. */
        private Stream<String> names(StorageEndpoint storage) {
            String own = storage.getConfiguration().getFileName();
            if (own == null) {
                return Stream.ofNullable(dumped);
            }
            return dumped == null
                    ? Stream.of(Compression.values()).map(compression -> compression.nameFor(own))
                            .flatMap(name -> Stream.of(name, SealedName.of(name))).distinct()
                    : Stream.of(SealedName.keepEndings(dumped, own));
        }
    }

    /** One for each step whose names an earlier one can make too. */
    List<Problem> problems() {
        jobs.stream().filter(steps -> !steps.uses().isEmpty())
                .forEach(steps -> new Walk(steps.uses().get(0).route()).through(steps, StepPath.START));
        List<Problem> problems = new ArrayList<>();
        NavigableMap<String, List<Claim>> earlier = new TreeMap<>();
        for (Claim claim : claims) {
            like(claim, earlier).filter(claim::clashesWith).min(Comparator.comparingInt(Claim::order))
                    .ifPresent(first -> problems.add(claim.problem(first)));
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
