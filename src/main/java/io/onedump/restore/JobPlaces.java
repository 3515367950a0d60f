package io.onedump.restore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.onedump.dump.DumpEndpoint;
import io.onedump.job.JobRoute;
import io.onedump.job.RouteEndpoint;
import io.onedump.storage.Catalog;
import io.onedump.storage.Downloads;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageEndpoint;
import io.onedump.storage.StoredObject;
import io.onedump.storage.retention.NamePattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/**
 * Where a job keeps its artifacts, read from its route without running it.
 *
 * @param places  in the order of the route
 * @param unknown URIs of storages whose place is known only while the job runs
 * @param archive the job that archives the binary log of the server that is dumped; null where none is named
 */
public record JobPlaces(List<Place> places, List<String> unknown, String archive) {

    public JobPlaces {
        places = List.copyOf(places);
        unknown = List.copyOf(unknown);
    }

    /** Empty when the context has no such route. */
    public static Optional<JobPlaces> of(CamelContext context, String job) {
        RouteDefinition route =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(job);
        return route == null ? Optional.empty() : Optional.of(of(context, route));
    }

    private static JobPlaces of(CamelContext context, RouteDefinition route) {
        List<Place> places = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<String> dumped = List.of();
        List<RouteEndpoint> endpoints = new JobRoute(context, route).endpoints();
        for (RouteEndpoint endpoint : endpoints) {
            if (endpoint.scheme().equals("dump")) {
                dumped = context.getEndpoint(endpoint.uri(), DumpEndpoint.class).artifactNames(route.getId());
            } else if (endpoint.scheme().equals("storage") && isDecidedByTheRun(endpoint)) {
                unknown.add(endpoint.writtenPlace());
            } else if (endpoint.scheme().equals("storage")) {
                StorageEndpoint storage = context.getEndpoint(endpoint.uri(), StorageEndpoint.class);
                places.add(new Place(storage, dumped, route.getId()));
            }
        }
        String archive = endpoints.stream().filter(endpoint -> endpoint.scheme().equals("dump"))
                .map(endpoint -> context.getEndpoint(endpoint.uri(), DumpEndpoint.class).getArchive())
                .filter(Objects::nonNull).findFirst().orElse(null);
        return new JobPlaces(places, unknown, archive);
    }

    /** Options that each message makes are read as patterns; a delegate that each makes is a place nobody can know. */
    private static boolean isDecidedByTheRun(RouteEndpoint endpoint) {
        return endpoint.dynamic() && endpoint.place().contains("$");
    }

    /**
     * The verified artifacts, the newest first, each once, from the first of the storages that has it whole.
     *
     * @param problems is told of what is not whole and of storages that cannot be asked, without a secret
     */
    public List<StoredEntry> newestFirst(Consumer<String> problems) {
        List<StoredEntry> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Place place : places) {
            try (Storage storage = place.endpoint().open()) {
                for (Catalog.Entry entry : place.catalog(storage).entries()) {
                    if (entry.problem() != null) {
                        problems.accept(storage.location(entry.object().path()) + ": " + entry.problem());
                    } else if (entry.verified() && !entry.isFromTheFuture() && names.add(entry.object().name())) {
                        all.add(new StoredEntry(place, entry));
                    }
                }
            } catch (IOException e) {
                problems.accept(e.getMessage());
            }
        }
        all.sort(Comparator.comparing(StoredEntry::time).reversed());
        return all;
    }

    /**
     * One storage of a job.
     *
     * @param dumped the expressions by which the job's dump step names its artifacts; empty when there is none
     */
    public record Place(StorageEndpoint endpoint, List<String> dumped, String job) {

        /** What the job has kept there. */
        public Catalog catalog(Storage storage) {
            return new Catalog(storage, names(), job);
        }

        /** The same on whichever machine. */
        public Catalog catalogAnywhere(Storage storage) {
            return new Catalog(storage, namesAnywhere(), job);
        }

        public Downloads.Place downloads() {
            return new Downloads.Place(endpoint.getBackend(), names(), namesAnywhere(), job);
        }

        /** What the job has kept under names that it does not make on this machine. */
        public List<Catalog.Entry> ofOtherMachines(Storage storage, Predicate<StoredObject> wanted)
                throws IOException {
            return catalog(storage).ofOtherMachines(namesAnywhere(), wanted);
        }

        private NamePattern namesAnywhere() {
            return endpoint.getConfiguration().getFileName() == null
                    ? dumped.stream().map(endpoint::namesAnywhere).reduce(NamePattern::or).orElseGet(endpoint::names)
                    : endpoint.namesAnywhere(null);
        }

        /** Which paths are the job's own. */
        public NamePattern names() {
            return endpoint.getConfiguration().getFileName() == null && !dumped.isEmpty()
                    ? dumped.stream().map(endpoint::names).reduce(NamePattern::or).orElseThrow()
                    : endpoint.names();
        }
    }
}
