package io.onedump.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.onedump.job.ExitCode;
import io.onedump.storage.Backoff;
import io.onedump.storage.Catalog;
import io.onedump.storage.Download;
import io.onedump.storage.Storage;
import org.apache.camel.util.json.JsonObject;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump download}: fetches what a job has kept, from the first of its storages that has it. */
@Command(name = "download", mixinStandardHelpOptions = true, versionProvider = Version.class,
         description = "Fetch artifacts that a job has kept, from the first of its storages that has them. Each is checked"
                 + " against its sidecar; one that is damaged is not left in the folder.")
final class DownloadCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Option(names = "--job", paramLabel = "<id>", required = true, description = "The job's route id.")
    private String job;

    @Option(names = "--output", paramLabel = "<dir>", required = true, description = "Where to put them; made if need be.")
    private Path output;

    @ArgGroup
    private Selection selection = new Selection();

    @Option(names = "--json", description = "Print each file as one line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private static final class Selection {

        @Option(names = "--name", paramLabel = "<artifact>", description = "The one of that name.")
        private String name;

        @Option(names = "--latest", description = "The newest that was verified. This is the default.")
        private boolean latest;

        @Option(names = "--all", description = "All of them.")
        private boolean all;

        List<Catalog.Entry> of(List<Catalog.Entry> newestFirst) {
            if (name != null) {
                return newestFirst.stream().filter(entry -> entry.object().name().equals(name)).limit(1).toList();
            }
            return all ? newestFirst : newestFirst.stream().filter(Catalog.Entry::verified).limit(1).toList();
        }
    }

    @Override
    public Integer call() throws IOException {
        Logs.configure(config.isVerbose(), "warn");
        Files.createDirectories(output);
        try (JobStorages storages = JobStorages.of(config, job)) {
            for (JobStorages.Place place : storages.places()) {
                List<Catalog.Entry> wanted;
                try (Storage storage = place.endpoint().open()) {
                    wanted = selection.of(new Catalog(storage).entries(place.prefix(), place.names()));
                }
                for (Catalog.Entry entry : wanted) {
                    print(entry, new Download(place.endpoint().getBackend(), Backoff.DEFAULT)
                            .fetch(entry.object().path(), output));
                }
                if (!wanted.isEmpty()) {
                    return 0;
                }
            }
        }
        spec.commandLine().getErr().println("onedump: job " + job + " has kept no such artifact; 'onedump list --job "
                + job + "' shows what there is");
        return ExitCode.STORAGE.code();
    }

    private void print(Catalog.Entry entry, Path file) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonObject line = new JsonObject();
            line.put("job", job);
            line.put("file", file.toString());
            line.put("size", entry.object().size());
            line.put("sha256", entry.sha256());
            out.println(line.toJson());
        } else {
            out.println(file);
        }
        out.flush();
    }
}
