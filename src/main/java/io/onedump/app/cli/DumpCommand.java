package io.onedump.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.app.run.Application;
import io.onedump.app.run.BinlogJob;
import io.onedump.app.run.DrilledJobs;
import io.onedump.app.run.JobRunner;
import io.onedump.app.run.Logs;
import io.onedump.app.run.Terminal;
import io.onedump.artifact.Threads;
import io.onedump.binlog.BinlogSync;
import io.onedump.binlog.StorageArchiveStore;
import io.onedump.binlog.archive.ArchiveRun;
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

    private static final String DRILL = "drill";
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

    /** Whether a job that is asked for drills another. */
    private boolean drills;

    @Override
    public Integer call() throws Exception {
        if (maxJobs < 1) {
            throw new ConfigurationException(Problem.of("--max-jobs", "must be at least 1, not " + maxJobs));
        }
        Logs.forResultsOnOutput(config.isVerbose());
        Set<String> archives = archives();
        Set<String> others = new LinkedHashSet<>(wanted);
        others.removeAll(archives);
        ExitCode archived = ExitCode.SUCCESS;
        for (String archive : archives) {
            archived = archived.worse(sync(archive));
        }
        return others.isEmpty() && !archives.isEmpty()
                ? archived.code()
                : archived.worse(run(others)).code();
    }

    /** Those of the jobs asked for that start from an archive: to run such a job is to archive all there is. */
    private Set<String> archives() {
        Set<String> archives = new LinkedHashSet<>();
        if (!wanted.isEmpty()) {
            try (Application application = Application.unscheduled(config.read(), wanted)) {
                application.read();
                drills = application.jobs().stream().anyMatch(job -> job.schemes().contains(DRILL));
                application.jobs().stream().filter(job -> wanted.contains(job.id()))
                        .filter(job -> job.input().scheme().equals(BINLOG)).map(Job::id).forEach(archives::add);
            }
        }
        return archives;
    }

    private ExitCode sync(String id) throws Exception {
        try (BinlogJob binlog = BinlogJob.of(config.read(), id); StorageArchiveStore store = binlog.openStore()) {
            ArchiveRun result = BinlogSync.run(binlog.endpoint(), null, null, store);
            PrintWriter out = spec.commandLine().getOut();
            out.println(result.json());
            out.flush();
            return BinlogSyncCommand.outcome(result);
        }
    }

    private ExitCode run(Set<String> some) throws Exception {
        Configuration files = config.read();
        try (Application application = Application.unscheduled(files, drills
                ? DrilledJobs.with(files, some)
                : some)) {
            application.startRoutes();
            Threads.atTermination("abort", application::abort);
            List<JobResult> results = new JobRunner(application, maxJobs, this::print).run(jobs(application, some));
            ExitCode outcome = results.stream().map(JobResult::exitCode).reduce(ExitCode.SUCCESS, ExitCode::worse);
            return outcome.worse(application.notificationOutcome());
        }
    }

    private List<String> jobs(Application application, Set<String> some) {
        application.requireJobs(some, job -> true, "there is no such job; 'onedump jobs' lists them");
        for (Job job : application.jobs()) {
            if (some.contains(job.id()) && !job.isRunnable()) {
                throw new ConfigurationException(Problem.of("--job " + job.id(), refusal(job)));
            }
        }
        List<String> selected = new ArrayList<>(some);
        if (some.isEmpty()) {
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
                + " run alone; it runs under 'onedump serve'";
    }

    private synchronized void print(JobResult result) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? result.toJson() : Terminal.folded(result.toString()));
        out.flush();
    }
}
