package io.onedump.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

import io.onedump.job.JobResult;

/** Runs jobs of an application once, some at a time, and shows how they get on. */
public record JobRunner(Application application, int maxJobs, Consumer<JobResult> print) {

    public List<JobResult> run(List<String> jobs) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(maxJobs, jobs.size()));
        List<JobResult> results = new ArrayList<>();
        try (Progress progress = Progress.start(application.getCamelContext())) {
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
        } finally {
            pool.shutdownNow();
        }
    }
}
