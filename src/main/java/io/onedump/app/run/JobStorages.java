package io.onedump.app.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.dump.DumpEndpoint;
import io.onedump.job.ExitCode;
import io.onedump.job.JobRoute;
import io.onedump.job.Redaction;
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
import org.apache.camel.util.URISupport;

/** Where a job keeps its artifacts, read from its route without running it. */
public final class JobStorages implements AutoCloseable {

    private final Application application;
    private final List<Place> places;
    private final String archive;

    private JobStorages(Application application, List<Place> places, String archive) {
        this.application = application;
        this.places = places;
        this.archive = archive;
    }

    /** @throws ConfigurationException when there is no such job, or it keeps nothing */
    public static JobStorages of(Configuration config, String job) {
        Application application = Application.unscheduled(config, Set.of(job));
        try {
            application.read();
            CamelContext context = application.getCamelContext();
            RouteDefinition route =
                    context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(job);
            if (route == null) {
                throw problem(job, "there is no such job; 'onedump jobs' lists them");
            }
            List<Place> places = places(context, route);
            if (places.isEmpty()) {
                throw problem(job, "the job has no storage: step that puts anything");
            }
            return new JobStorages(application, places, archive(context, route));
        } catch (RuntimeException e) {
            application.close();
            throw StartFailures.explain(e);
        }
    }

    /** The job that archives the binary log of the server that is dumped; null where none is named. */
    public String archive() {
        return archive;
    }

    private static String archive(CamelContext context, RouteDefinition route) {
        return new JobRoute(context, route).endpoints().stream().filter(endpoint -> endpoint.scheme().equals("dump"))
                .map(endpoint -> context.getEndpoint(endpoint.uri(), DumpEndpoint.class).getArchive())
                .filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** In the order of the route. */
    public List<Place> places() {
        return places;
    }

    /** What a command does with one of them. */
    public interface Work {
        void run(Place place, Storage storage) throws IOException;
    }

    /** Does it with each of them: one that fails says so, and holds back no other. */
    public ExitCode each(PrintWriter err, Work work) throws IOException {
        ExitCode code = ExitCode.SUCCESS;
        for (Place place : places) {
            try (Storage storage = place.endpoint().open()) {
                work.run(place, storage);
            } catch (IOException e) {
                err.println("onedump: " + Redaction.of(e.getMessage()));
                code = ExitCode.STORAGE;
            }
        }
        return code;
    }

    @Override
    public void close() {
        application.close();
    }

    private static List<Place> places(CamelContext context, RouteDefinition route) {
        List<Place> places = new ArrayList<>();
        List<String> undecided = new ArrayList<>();
        List<String> dumped = List.of();
        for (RouteEndpoint endpoint : new JobRoute(context, route).endpoints()) {
            if (endpoint.scheme().equals("dump")) {
                dumped = context.getEndpoint(endpoint.uri(), DumpEndpoint.class).artifactNames(route.getId());
            } else if (endpoint.scheme().equals("storage") && isDecidedByTheRun(endpoint)) {
                undecided.add(endpoint.writtenPlace());
            } else if (endpoint.scheme().equals("storage")) {
                StorageEndpoint storage = context.getEndpoint(endpoint.uri(), StorageEndpoint.class);
                places.add(new Place(storage, dumped, route.getId()));
            }
        }
        if (!undecided.isEmpty()) {
            throw problem(route.getRouteId(), "the place of " + URISupport.sanitizeUri(String.join(", ", undecided))
                    + " is known only while the job runs; write its delegate without ${...}, and what differs in path");
        }
        return places;
    }

    /** Options that each message makes are read as patterns; a delegate that each makes is a place nobody can know. */
    private static boolean isDecidedByTheRun(RouteEndpoint endpoint) {
        return endpoint.dynamic() && endpoint.place().contains("$");
    }

    private static ConfigurationException problem(String job, String message) {
        return new ConfigurationException(Problem.of("--job " + job, message));
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
