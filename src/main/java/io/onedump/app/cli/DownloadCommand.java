package io.onedump.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.app.run.JobStorages;
import io.onedump.app.run.Logs;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.Json;
import io.onedump.job.ExitCode;
import io.onedump.job.Redaction;
import io.onedump.storage.Catalog;
import io.onedump.storage.Download;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump download}: fetches what a job has kept, from the first of its storages that has it. */
@Command(name = "download", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Fetch artifacts that a job has kept, from the first of its storages that has them whole:"
                + " one that"
                + " fails is told and the next one asked. Each artifact is checked against its sidecar; one that"
                + " is damaged"
                + " is not left in the folder.",
        footer = "Exit codes: 0 fetched, 1 configuration or arguments, 3 no storage had it whole.")
final class DownloadCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Option(names = "--job", paramLabel = "<id>", required = true, description = "The job's route id.")
    private String job;

    @Option(names = "--output", paramLabel = "<dir>", required = true, description = "Where to put them; made if"
            + " need be.")
    private Path output;

    @ArgGroup
    private Selection selection = new Selection();

    @Option(names = "--json", description = "Print each file as one line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private static final class Selection {

        @Option(names = "--name", paramLabel = "<artifact>", description = "The one of that name, or of that path"
                + " in its storage.")
        private String name;

        @Option(names = "--latest", description = "The newest that was verified. This is the default.")
        private boolean latest;

        @Option(names = "--all", description = "All of them, in folders as in the storage.")
        private boolean all;

        List<Catalog.Entry> of(List<Catalog.Entry> newestFirst) {
            if (name != null) {
                return newestFirst.stream().filter(entry -> name.equals(entry.object().name())
                        || name.equals(entry.object().path())).limit(1).toList();
            }
            return all ? newestFirst : newestFirst.stream().filter(Catalog.Entry::verified).limit(1).toList();
        }
    }

    @Override
    public Integer call() throws IOException {
        Logs.configure(config.isVerbose(), "warn");
        makeOutput();
        int kept = 0;
        boolean failed = false;
        try (JobStorages storages = JobStorages.of(config.read(), job)) {
            for (JobStorages.Place place : storages.places()) {
                try {
                    List<Catalog.Entry> entries = entries(place);
                    List<Catalog.Entry> wanted = selection.of(entries);
                    for (Catalog.Entry entry : wanted) {
                        print(entry, fetch(place, entry));
                    }
                    if (!wanted.isEmpty()) {
                        return 0;
                    }
                    kept += entries.size();
                } catch (StorageException e) {
                    spec.commandLine().getErr().println("onedump: " + Redaction.of(e.getMessage()));
                    failed = true;
                }
            }
        }
        if (!failed) {
            spec.commandLine().getErr().println("onedump: job " + job + " has kept " + missing(kept));
        }
        return ExitCode.STORAGE.code();
    }

    private void makeOutput() {
        try {
            Files.createDirectories(output);
        } catch (IOException e) {
            throw new ConfigurationException(Problem.of("--output " + output, Files.exists(output)
                    ? "this is a file; name a folder"
                    : "this folder cannot be made; name one that can be written to"));
        }
    }

    private static List<Catalog.Entry> entries(JobStorages.Place place) throws IOException {
        try (Storage storage = place.endpoint().open()) {
            return place.catalog(storage).entries();
        }
    }

    private Path fetch(JobStorages.Place place, Catalog.Entry entry) throws IOException {
        Path folder = selection.all ? output.resolve(ObjectPath.of(null, entry.object().path())).getParent() : output;
        Files.createDirectories(folder);
        return new Download(place.endpoint().getBackend(), Backoff.DEFAULT).fetch(entry.object().path(), folder);
    }

    private String missing(int kept) {
        if (kept == 0) {
            return "nothing yet";
        }
        return selection.name != null
                ? "no artifact named " + selection.name + "; 'onedump list --job " + job
                        + "' shows what there is"
                : "no artifact that is known to be whole: none has a sidecar, which a checksum: step makes; name"
                        + " one with"
                        + " --name, 'onedump list --job " + job + "' shows them";
    }

    private void print(Catalog.Entry entry, Path file) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.line(line -> {
                line.writeStringField("job", job);
                line.writeStringField("file", file.toString());
                line.writeNumberField("size", entry.object().size());
                line.writeStringField("sha256", entry.sha256());
            }));
        } else {
            out.println(file);
        }
        out.flush();
    }
}
