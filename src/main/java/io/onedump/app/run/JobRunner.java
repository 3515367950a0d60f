package io.onedump.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.Threads;
import io.onedump.job.JobResult;

/** Runs jobs of an application once, some at a time, and shows how they get on. */
public record JobRunner(Application application, int maxJobs, Consumer<JobResult> print) {

    public List<JobResult> run(List<String> jobs) throws InterruptedException {
        List<JobResult> results = new ArrayList<>();
        try (Threads.Pool pool = ContextThreads.of(application.getCamelContext()).pool("job",
                Math.min(maxJobs, jobs.size()));
                Progress progress = Progress.start(application.getCamelContext())) {
            List<Future<JobResult>> runs = new ArrayList<>();
            for (String job : jobs) {
                runs.add(pool.submit(() -> {
                    JobResult result = application.runOnce().run(application.getCamelContext(), job);
                    progress.pause();
                    print.accept(result);
                    return result;
                }));
            }
            for (Future<JobResult> run : runs) {
                results.add(run.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }
}
