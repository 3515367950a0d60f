package io.onedump.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.app.run.Application;
import io.onedump.app.run.JobRunner;
import io.onedump.app.run.Logs;
import io.onedump.app.run.Progress;
import io.onedump.app.run.Terminal;
import io.onedump.job.ExitCode;
import io.onedump.job.JobResult;
import io.onedump.sync.SyncActivity;
import io.onedump.sync.SyncResult;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code onedump sync}: runs jobs that sync, or syncs without one. */
@Command(name = "sync", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Send the files that are new or changed to a storage: those of a job, or of --source.",
        footer = "Exit codes: 0 all is there, 1 configuration or arguments, 2 another step of the job failed, 3"
                + " the storage or"
                + " single files failed, 4 a notification failed (with notify.failFast).")
final class SyncCommand implements Callable<Integer> {

    /** What the command was called for before it knew other storages. */
    private static final String SFTP = "sftp";

    @Mixin
    private ConfigOptions config;

    @Parameters(index = "0", arity = "0..1", paramLabel = SFTP, description = "May be said of what goes to --ssh-host.")
    private String kind;

    @Option(names = "--job", paramLabel = "<id>", description = "The job's route id; may be repeated.")
    private Set<String> jobs = Set.of();

    @ArgGroup(exclusive = false, heading = "Without a job:%n")
    private SyncOptions options = new SyncOptions();

    @Option(names = "--json", description = "Print each result as one line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (kind != null && !kind.equals(SFTP)) {
            throw new ConfigurationException(Problem.of(kind, "'onedump sync' takes options only, and the word"
                    + " " + SFTP));
        }
        Logs.forResultsOnOutput(config.isVerbose());
        if (jobs.isEmpty() == options.isEmpty()) {
            throw new ConfigurationException(Problem.of("sync", "give either --job, or --source and --to"));
        }
        return (jobs.isEmpty() ? runOptions() : runJobs()).code();
    }

    private ExitCode runOptions() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.start();
            try (Progress progress = Progress.start(context)) {
                SyncResult result = options.endpoint(context).run(SyncActivity.of(context).monitor());
                progress.pause();
                print(json ? result.toJson() : Terminal.folded(result.toString()));
                return result.ok() ? ExitCode.SUCCESS : ExitCode.STORAGE;
            }
        }
    }

    private ExitCode runJobs() throws Exception {
        try (Application application = Application.unscheduled(config.read(), jobs)) {
            application.startRoutes();
            application.requireJobs(jobs, job -> job.schemes().contains("sync"),
                    "there is no such job with a sync: step; 'onedump jobs' lists all jobs");
            List<JobResult> results = new JobRunner(application, jobs.size(), result -> {
            }).run(List.copyOf(jobs));
            for (SyncResult result : SyncActivity.of(application.getCamelContext()).results()) {
                print(json ? result.toJson() : Terminal.folded(result.toString()));
            }
            results.stream().filter(result -> !result.isSuccess())
                    .forEach(result -> spec.commandLine().getErr().println(result.toString()));
            return results.stream().map(JobResult::exitCode).reduce(ExitCode.SUCCESS, ExitCode::worse)
                    .worse(application.notificationOutcome());
        }
    }

    private void print(String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
