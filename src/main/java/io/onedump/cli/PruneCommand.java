package io.onedump.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

import io.onedump.config.ConfigurationException;
import io.onedump.config.Problem;
import io.onedump.storage.Prune;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageConfiguration;
import io.onedump.storage.retention.Retention.Decision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump prune}: applies the retention rules of a job's storages now. */
@Command(name = "prune", mixinStandardHelpOptions = true, versionProvider = Version.class,
         description = "Remove what the retention rules of a job's storages do not keep, and say of each artifact why it"
                 + " stays or goes.")
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
        try (JobStorages storages = JobStorages.of(config, job)) {
            List<JobStorages.Place> places = storages.places().stream()
                    .filter(place -> !place.endpoint().getConfiguration().retention().isEmpty()).toList();
            if (places.isEmpty()) {
                throw new ConfigurationException(Problem.of("--job " + job, "none of its storages has a retention rule; set"
                        + " keepLast, keepWithin, keepDaily, keepWeekly, keepMonthly or keepYearly"));
            }
            for (JobStorages.Place place : places) {
                StorageConfiguration rules = place.endpoint().getConfiguration();
                try (Storage storage = place.endpoint().open()) {
                    Prune prune = new Prune(storage, rules.names(), rules.retention());
                    print(storage, dryRun ? prune.explain(Instant.now()) : prune.run(Instant.now()));
                }
            }
            return 0;
        }
    }

    private void print(Storage storage, List<Decision> decisions) {
        PrintWriter out = spec.commandLine().getOut();
        for (Decision decision : decisions) {
            String verb = decision.keep() ? "keep" : dryRun ? "would remove" : "removed";
            out.printf("%-12s  %s: %s%n", verb, storage.location(decision.candidate().path()), decision.reason());
        }
        out.flush();
    }
}
