package io.onedump.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.app.run.BinlogJob;
import io.onedump.app.run.JobStorages;
import io.onedump.app.run.Logs;
import io.onedump.app.run.Terminal;
import io.onedump.artifact.CleanText;
import io.onedump.binlog.StorageArchiveStore;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.ArchiveRetention;
import io.onedump.job.ExitCode;
import io.onedump.job.Redaction;
import io.onedump.restore.JobPlaces;
import io.onedump.storage.Prune;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageConfiguration;
import io.onedump.storage.StorageException;
import io.onedump.storage.retention.Retention.Decision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump prune}: applies the retention rules of a job's storages now. */
@Command(name = "prune", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Remove what the retention rules of a job's storages do not keep, and say of each artifact"
                + " why it"
                + " stays or goes. A storage that fails holds back no other.",
        footer = "Exit codes: 0 done, 1 configuration or arguments, 3 a storage failed, or the sidecar of"
                + " an artifact is damaged or cannot be read.")
final class PruneCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Option(names = "--job", paramLabel = "<id>", required = true, description = "The job's route id.")
    private String job;

    @Option(names = "--dry-run", description = "Remove nothing.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Logs.configure(config.isVerbose(), "warn");
        Optional<BinlogJob> archive = BinlogJob.withRetention(config.read(), job);
        if (archive.isPresent()) {
            return thin(archive.get()).code();
        }
        try (JobStorages storages = JobStorages.of(config.read(), job)) {
            if (storages.places().stream().noneMatch(PruneCommand::hasRules)) {
                throw new ConfigurationException(Problem.of("--job " + job, "none of its storages has a retention"
                        + " rule; set"
                        + " keepLast, keepWithin, keepDaily, keepWeekly, keepMonthly or keepYearly"));
            }
            return storages.each(spec.commandLine().getErr(), (place, storage) -> {
                if (hasRules(place)) {
                    StorageConfiguration rules = place.endpoint().getConfiguration();
                    Prune prune = new Prune(storage, place.names(), rules.retention(), place.endpoint().owner(job));
                    List<Decision> decisions = dryRun ? prune.explain(Instant.now()) : prune.run(Instant.now());
                    print(storage, decisions);
                    Prune.requireSound(storage, decisions);
                }
            }).code();
        }
    }

    private ExitCode thin(BinlogJob binlog) throws IOException {
        try (binlog; StorageArchiveStore store = binlog.openStore()) {
            PrintWriter out = spec.commandLine().getOut();
            for (ArchiveRetention.Decision decision : binlog.endpoint().thin(new Archive(store),
                    binlog.endpoint().getCamelContext(), dryRun)) {
                out.println(Terminal.folded((decision.warning() ? "warning: " : "") + decision.text()));
            }
            out.flush();
            return ExitCode.SUCCESS;
        } catch (StorageException e) {
            spec.commandLine().getErr().println("onedump: " + Redaction.of(e.getMessage()));
            return ExitCode.STORAGE;
        }
    }

    private static boolean hasRules(JobPlaces.Place place) {
        return !place.endpoint().getConfiguration().retention().isEmpty();
    }

    private void print(Storage storage, List<Decision> decisions) {
        PrintWriter out = spec.commandLine().getOut();
        for (Decision decision : decisions) {
            String verb = decision.keep() ? "keep" : dryRun ? "would remove" : "removed";
            out.println(Terminal.folded(String.format("%-12s  %s: %s", verb,
                    CleanText.of(storage.location(decision.candidate().path())), CleanText.of(decision.reason()))));
        }
        out.flush();
    }
}
