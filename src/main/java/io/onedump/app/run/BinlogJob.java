package io.onedump.app.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.binlog.BinlogEndpoint;
import io.onedump.binlog.BinlogException;
import io.onedump.binlog.StorageArchiveStore;
import io.onedump.binlog.archive.Archive;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** The archive that a job's route is about, read from the route without starting it. */
public final class BinlogJob implements AutoCloseable {

    private final Application application;
    private final BinlogEndpoint endpoint;

    private BinlogJob(Application application, BinlogEndpoint endpoint) {
        this.application = application;
        this.endpoint = endpoint;
    }

    /** @throws ConfigurationException when there is no such job, or it has no archive */
    public static BinlogJob of(Configuration configuration, String job) {
        Application application = Application.unscheduled(configuration, Set.of(job));
        try {
            application.read();
            return new BinlogJob(application, endpoint(application, job));
        } catch (RuntimeException e) {
            application.close();
            throw StartFailures.explain(e);
        }
    }

    /**
     * The archive that a job's route is about, with the job whose dumps it is kept for; empty when the job has no
     * archive with rules of retention.
     */
    public static Optional<BinlogJob> withRetention(Configuration configuration, String job) {
        String dumps;
        try (BinlogJob alone = of(configuration, job)) {
            if (!alone.endpoint.hasRetention()) {
                return Optional.empty();
            }
            dumps = alone.endpoint.getConfiguration().getKeepFor();
        } catch (ConfigurationException e) {
            // It has no archive; whatever else is wrong, others say.
            return Optional.empty();
        }
        Set<String> jobs = dumps == null ? Set.of(job) : Set.of(job, dumps);
        Application application = Application.unscheduled(configuration, jobs);
        try {
            application.read();
            return Optional.of(new BinlogJob(application, endpoint(application, job)));
        } catch (RuntimeException e) {
            application.close();
            throw StartFailures.explain(e);
        }
    }

    public BinlogEndpoint endpoint() {
        return endpoint;
    }

    /**
     * The archive; the caller closes it.
     *
     * @throws ConfigurationException when its storage is not one
     */
    public StorageArchiveStore openStore() throws IOException {
        try {
            return endpoint.openStore();
        } catch (RuntimeException e) {
            throw StartFailures.explain(e);
        }
    }

    @Override
    public void close() {
        application.close();
    }

    /** A timeline that was asked for, or the newest for 0. */
    public static int timeline(Archive archive, int wanted) throws IOException {
        if (wanted < 0 || wanted > 0 && archive.files(wanted).isEmpty()) {
            throw new BinlogException("the archive has no timeline " + wanted + "; its newest is "
                    + archive.newestTimeline().orElse(0));
        }
        return wanted > 0
                ? wanted
                : archive.newestTimeline().orElseThrow(() -> new BinlogException("the archive is empty: nothing was"
                        + " stored yet"));
    }

    private static BinlogEndpoint endpoint(Application application, String job) {
        CamelContext context = application.getCamelContext();
        RouteDefinition route =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(job);
        if (route == null) {
            throw problem(job, "there is no such job; 'onedump jobs' lists them");
        }
        List<BinlogEndpoint> endpoints = BinlogEndpoint.ofJob(context, job);
        if (endpoints.size() != 1) {
            throw problem(job, "the job has " + (endpoints.isEmpty() ? "no" : endpoints.size())
                    + " binlog: endpoints, it takes one");
        }
        return endpoints.get(0);
    }

    private static ConfigurationException problem(String job, String message) {
        return new ConfigurationException(Problem.of("--job " + job, message));
    }
}
