package io.onedump.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.app.run.JobStorages;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.FileArtifact;
import io.onedump.binlog.restore.Dump;
import io.onedump.restore.JobPlaces;
import io.onedump.restore.choice.RestoreException;
import io.onedump.storage.Catalog;
import io.onedump.storage.Download;
import io.onedump.storage.Sidecar;
import io.onedump.storage.Storage;
import picocli.CommandLine.Option;

/** Which dump a restore loads first: a file, or one that a job has kept. */
final class DumpOption {

    private static final String LATEST = "latest";
    /** Holds a dump's head, compressed or not. */
    private static final int HEAD = 2 << 20;

    @Option(names = "--from-dump", paramLabel = "<dump>",
            description = "Load this dump first, and begin at the position in its head. A file, or with --dump-job"
                    + " the name of an"
                    + " artifact, or 'latest': the newest verified one, with --to the newest that was stored before"
                    + " that time.")
    private String dump;

    @Option(names = "--dump-job", paramLabel = "<id>", description = "The job that has kept the dump.")
    private String job;

    boolean isGiven() {
        return dump != null;
    }

    /**
     * The dump; null in the answer when none was asked for.
     *
     * @param config read when the dump is one that a job has kept
     * @param before the end of the restore, where it is a time, or null
     * @param folder where a kept dump is fetched to, or null to look at its head only
     */
    Chosen choose(Supplier<Configuration> config, Instant before, Path folder) throws IOException {
        if (dump == null) {
            return new Chosen(null, null);
        }
        if (job == null) {
            Path file = Path.of(dump);
            if (!Files.isReadable(file)) {
                throw new ConfigurationException(Problem.of("--from-dump " + dump, "there is no such file; to take"
                        + " what a job has"
                        + " kept, name the job with --dump-job"));
            }
            return new Chosen(new Dump(new FileArtifact(file.getFileName().toString(), file)), null);
        }
        try (JobStorages storages = JobStorages.of(config.get(), job)) {
            for (JobPlaces.Place place : storages.places()) {
                try (Storage storage = place.endpoint().open()) {
                    Catalog catalog = place.catalog(storage);
                    List<Catalog.Entry> kept = dump.equals(LATEST)
                            ? catalog.newest(before).stream().filter(entry -> isFit(entry, before)).limit(1).toList()
                            : catalog.entries(object -> object.name().equals(dump));
                    if (!kept.isEmpty()) {
                        return folder == null ? head(storage, kept.get(0)) : fetched(place, kept.get(0), folder);
                    }
                }
            }
        }
        throw new RestoreException("job " + job + " has kept no dump " + dump + (before == null
                ? ""
                : " from"
                        + " before " + before)
                + "; 'onedump list --job " + job + "' shows what there is");
    }

    private static boolean isFit(Catalog.Entry entry, Instant before) {
        return entry.verified() && (before == null || entry.time().isBefore(before));
    }

    private static Chosen head(Storage storage, Catalog.Entry entry) throws IOException {
        try (InputStream stored = storage.get(entry.object().path(), 0)) {
            return new Chosen(new Dump(new BytesArtifact(entry.object().name(), stored.readNBytes(HEAD))), null);
        }
    }

    private static Chosen fetched(JobPlaces.Place place, Catalog.Entry entry, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = new Download(place.endpoint().getBackend(), Backoff.DEFAULT).fetch(entry.object().path(), folder);
        return new Chosen(new Dump(new FileArtifact(entry.object().name(), file)), file);
    }

    /**
     * The dump, for as long as the restore takes.
     *
     * @param dump    null when none was asked for
     * @param fetched the local copy that goes with it and its sidecar, or null
     */
    record Chosen(Dump dump, Path fetched) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            if (fetched != null) {
                Files.deleteIfExists(fetched.resolveSibling(Sidecar.path(fetched.getFileName().toString())));
                Files.deleteIfExists(fetched);
            }
        }
    }
}
