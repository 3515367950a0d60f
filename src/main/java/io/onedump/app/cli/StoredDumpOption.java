package io.onedump.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.app.run.JobStorages;
import io.onedump.job.ExitCode;
import io.onedump.job.Redaction;
import io.onedump.restore.JobPlaces;
import io.onedump.restore.StoredDump;
import io.onedump.restore.StoredEntry;
import io.onedump.storage.Catalog;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageException;
import io.onedump.storage.StoredObject;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which dump a restore is of: a file, or one that a job has kept. */
final class StoredDumpOption {

    @ArgGroup(multiplicity = "1", heading = "The dump, one of:%n")
    private Place place;

    @Option(names = "--artifact", paramLabel = "<name>", description = "With --job: the artifact of that name, or of"
            + " that path in its storage. Default: the newest that was verified.")
    private String artifact;

    @Option(names = "--at", paramLabel = "<time>", converter = MomentConverter.class,
            description = "With --job: the newest from before this time, such as 2026-11-23T07:00:00Z, or a time ago"
                    + " such as 90m.")
    private Instant at;

    private static final class Place {

        @Option(names = "--job", paramLabel = "<id>", description = "What this job has kept, from the first of its"
                + " storages that has it whole.")
        private String job;

        @Option(names = "--file", paramLabel = "<file>", description = "A file on this machine.")
        private Path file;
    }

    /** What is done with it. */
    interface Use {
        int with(StoredDump dump) throws IOException;
    }

    boolean isOfJob() {
        return place.job != null;
    }

    /** Null for a file. */
    String job() {
        return place.job;
    }

    /** Whether a certain dump is asked for. */
    boolean isCertain() {
        return artifact != null || at != null || place.file != null;
    }

    /** @param configuration null for a file */
    int use(CommandSpec spec, Configuration configuration, Use use) throws IOException {
        if (place.file != null) {
            if (artifact != null || at != null) {
                throw new ParameterException(spec.commandLine(), "--artifact and --at go with --job");
            }
            if (!Files.isReadable(place.file) || Files.isDirectory(place.file)) {
                throw new ConfigurationException(Problem.of("--file " + place.file, "there is no such file, or it"
                        + " cannot be read; to take what a job has kept, name the job with --job"));
            }
            return use.with(StoredDump.of(place.file));
        }
        try (JobStorages storages = JobStorages.of(configuration, place.job)) {
            for (JobPlaces.Place each : storages.places()) {
                Catalog.Entry entry = find(spec, each);
                if (entry != null) {
                    try (StoredEntry kept = new StoredEntry(each, entry)) {
                        return use.with(kept);
                    }
                }
            }
        }
        say(spec, "job " + place.job + " has kept no " + (artifact == null
                ? "verified artifact"
                : "artifact "
                        + artifact + " that is whole")
                + (at == null ? "" : " from before " + at) + "; 'onedump list --job "
                + place.job + "' shows what there is");
        return ExitCode.STORAGE.code();
    }

    /** Null when that storage has none; one that cannot be asked is told. */
    private Catalog.Entry find(CommandSpec spec, JobPlaces.Place each) throws IOException {
        try (Storage storage = each.endpoint().open()) {
            Catalog catalog = each.catalog(storage);
            if (artifact == null) {
                return catalog.newest(at).stream().filter(entry -> entry.verified() && !entry.isFromTheFuture()
                        && (at == null || entry.time().isBefore(at))).findFirst().orElse(null);
            }
            Predicate<StoredObject> wanted = object -> object.name().equals(artifact) || object.path().equals(artifact);
            List<Catalog.Entry> here = catalog.entries(wanted);
            Catalog.Entry named = (here.isEmpty() ? each.ofOtherMachines(storage, wanted) : here).stream().findFirst()
                    .orElse(null);
            if (named != null && named.problem() != null) {
                say(spec, storage.location(named.object().path()) + ": " + named.problem());
                return null;
            }
            return named;
        } catch (StorageException e) {
            say(spec, e.getMessage());
            return null;
        }
    }

    private static void say(CommandSpec spec, String message) {
        spec.commandLine().getErr().println("onedump: " + Redaction.of(message));
    }
}
