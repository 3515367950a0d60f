package io.onedump.app.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.job.ExitCode;
import io.onedump.job.Redaction;
import io.onedump.restore.JobPlaces;
import io.onedump.storage.Storage;
import org.apache.camel.CamelContext;
import org.apache.camel.util.URISupport;

/** Where a job keeps its artifacts, read from its route without running it. */
public final class JobStorages implements AutoCloseable {

    private final Application application;
    private final JobPlaces places;

    private JobStorages(Application application, JobPlaces places) {
        this.application = application;
        this.places = places;
    }

    /** @throws ConfigurationException when there is no such job, or it keeps nothing */
    public static JobStorages of(Configuration config, String job) {
        Application application = Application.unscheduled(config, Set.of(job));
        try {
            application.read();
            CamelContext context = application.getCamelContext();
            JobPlaces places = JobPlaces.of(context, job)
                    .orElseThrow(() -> problem(job, "there is no such job; 'onedump jobs' lists them"));
            if (!places.unknown().isEmpty()) {
                throw problem(job, "the place of "
                        + URISupport.sanitizeUri(String.join(", ", places.unknown())) + " is known only while the job"
                        + " runs; write its delegate without ${...}, and what differs in path");
            }
            if (places.places().isEmpty()) {
                throw problem(job, "the job has no storage: step that puts anything");
            }
            return new JobStorages(application, places);
        } catch (RuntimeException e) {
            application.close();
            throw StartFailures.explain(e);
        }
    }

    /** All that its route says of them. */
    public JobPlaces known() {
        return places;
    }

    /** The job that archives the binary log of the server that is dumped; null where none is named. */
    public String archive() {
        return places.archive();
    }

    /** In the order of the route. */
    public List<JobPlaces.Place> places() {
        return places.places();
    }

    /** What a command does with one of them. */
    public interface Work {
        void run(JobPlaces.Place place, Storage storage) throws IOException;
    }

    /** Does it with each of them: one that fails says so, and holds back no other. */
    public ExitCode each(PrintWriter err, Work work) throws IOException {
        ExitCode code = ExitCode.SUCCESS;
        for (JobPlaces.Place place : places.places()) {
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

    private static ConfigurationException problem(String job, String message) {
        return new ConfigurationException(Problem.of("--job " + job, message));
    }
}
