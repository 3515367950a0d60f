package io.onedump.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.app.run.Application;
import io.onedump.app.run.JobRunner;
import io.onedump.app.run.Logs;
import io.onedump.app.run.Terminal;
import io.onedump.artifact.Threads;
import io.onedump.job.ExitCode;
import io.onedump.job.Job;
import io.onedump.job.JobResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump dump}: runs dump jobs once. */
@Command(name = "dump", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Run one dump job once, or all of them.",
        footer = "Exit codes: 0 all succeeded, 1 configuration or arguments, 2 a dump failed, 3 a storage failed,"
                + " 4 a notification failed (with notify.failFast).")
final class DumpCommand implements Callable<Integer> {

    private static final String BINLOG = "binlog";

    @Mixin
    private ConfigOptions config;

    @Option(names = "--job", paramLabel = "<id>", description = "The job's route id; may be repeated. Default:"
            + " every job that dumps and whose autoStartup is not false.")
    private Set<String> wanted = Set.of();

    @Option(names = "--max-jobs", paramLabel = "<n>", defaultValue = "10",
            description = "How many jobs run at the same time, at most. Default: ${DEFAULT-VALUE}.")
    private int maxJobs;

    @Option(names = "--json", description = "Print each result as one line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (maxJobs < 1) {
            throw new ConfigurationException(Problem.of("--max-jobs", "must be at least 1, not " + maxJobs));
        }
        Logs.forResultsOnOutput(config.isVerbose());
        try (Application application = Application.unscheduled(config.read(), wanted)) {
            application.startRoutes();
            Threads.atTermination("abort", application::abort);
            List<JobResult> results = new JobRunner(application, maxJobs, this::print).run(jobs(application));
            ExitCode outcome = results.stream().map(JobResult::exitCode).reduce(ExitCode.SUCCESS, ExitCode::worse);
            return outcome.worse(application.notificationOutcome()).code();
        }
    }

    private List<String> jobs(Application application) {
        application.requireJobs(wanted, job -> true, "there is no such job; 'onedump jobs' lists them");
        for (Job job : application.jobs()) {
            if (wanted.contains(job.id()) && !job.isRunnable()) {
                throw new ConfigurationException(Problem.of("--job " + job.id(), refusal(job)));
            }
        }
        List<String> selected = new ArrayList<>(wanted);
        if (wanted.isEmpty()) {
            application.jobs().stream().filter(Job::isDump).filter(Job::isRunnable).filter(Job::enabled)
                    .map(Job::id).forEach(selected::add);
        }
        if (selected.isEmpty()) {
            throw new ConfigurationException(Problem.of(config.config(),
                    "no job dumps anything; a dump job is a route on a schedule with a dump: or exec: step, and without"
                            + " autoStartup: false; one that has it runs when --job names it"));
        }
        return selected;
    }

    /** Its steps alone would work on nothing, and succeed. */
    private static String refusal(Job job) {
        return "the job starts from " + job.input().scheme() + ":, which gives it its work, so that its steps cannot be"
                + " run alone; " + (job.input().scheme().equals(BINLOG)
                        ? "to archive all there is, type 'onedump binlog sync --job " + job.id() + "'"
                        : "it runs under 'onedump serve'");
    }

    private synchronized void print(JobResult result) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? result.toJson() : Terminal.folded(result.toString()));
        out.flush();
    }
}
