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
import io.onedump.artifact.CleanText;
import io.onedump.artifact.Json;
import io.onedump.artifact.ShortList;
import io.onedump.encrypt.age.Identities;
import io.onedump.job.ExitCode;
import io.onedump.job.Redaction;
import io.onedump.restore.JobPlaces;
import io.onedump.storage.Catalog;
import io.onedump.storage.Downloads;
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
                + " is not left in the folder. With --identity what is sealed is opened on the way.",
        footer = "Exit codes: 0 fetched, 1 configuration or arguments, 3 no storage had it whole, or the"
                + " identity does not open it.")
final class DownloadCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Option(names = "--job", paramLabel = "<id>", required = true, description = "The job's route id.")
    private String job;

    @Option(names = "--output", paramLabel = "<dir>", required = true, description = "Where to put them; made if"
            + " need be.")
    private Path output;

    @Mixin
    private IdentityOption identity;

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

        boolean fetch(Downloads downloads) {
            if (name != null) {
                return downloads.one(object -> name.equals(object.name()) || name.equals(object.path()));
            }
            return all ? downloads.all() : downloads.latest();
        }
    }

    @Override
    public Integer call() throws IOException {
        Logs.configure(config.isVerbose(), "warn");
        Identities identities = identity.read();
        makeOutput();
        try (JobStorages storages = JobStorages.of(config.read(), job)) {
            Downloads downloads = new Downloads(
                    storages.places().stream().map(JobPlaces.Place::downloads).toList(), output, new Printer(),
                    Backoff.DEFAULT, identities);
            if (selection.fetch(downloads)) {
                return 0;
            }
            if (downloads.isClean()) {
                say("job " + job + " has kept " + missing(downloads));
            }
        }
        return ExitCode.STORAGE.code();
    }

    private static final int NAMED = 5;

    private void say(String message) {
        spec.commandLine().getErr().println("onedump: " + Redaction.of(message));
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

    private String missing(Downloads downloads) {
        if (downloads.found() == 0) {
            List<String> others = downloads.ofOtherMachines();
            return others.isEmpty()
                    ? "nothing yet"
                    : "nothing under the names that it makes on this machine, and on others: "
                            + ShortList.of(others.stream().map(CleanText::of).toList(), NAMED)
                            + "; fetch one with --name, or set what the names are made of (such as HOSTNAME) as there";
        }
        return selection.name != null
                ? "no artifact named " + selection.name + "; 'onedump list --job " + job
                        + "' shows what there is"
                : "no artifact that is known to be whole: none has a sidecar that is good; name one with"
                        + " --name, 'onedump list --job " + job + "' shows them";
    }

    private final class Printer implements Downloads.Listener {

        @Override
        public void fetched(Catalog.Entry entry, Path file) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(json ? Json.line(line -> {
                line.writeStringField("job", job);
                line.writeStringField("file", file.toString());
                line.writeNumberField("size", file.toFile().length());
                // What its sidecar says is of the sealed bytes.
                if (file.endsWith(entry.object().name())) {
                    line.writeStringField("sha256", entry.sha256());
                }
            }) : CleanText.of(file.toString()));
            out.flush();
        }

        @Override
        public void noted(String message) {
            say(message);
        }

        @Override
        public void failed(String message) {
            say(message);
        }
    }
}
