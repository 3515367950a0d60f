package io.onedump.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;

import io.onedump.app.run.JobStorages;
import io.onedump.app.run.Logs;
import io.onedump.app.run.Terminal;
import io.onedump.artifact.CleanText;
import io.onedump.artifact.Json;
import io.onedump.artifact.ShortList;
import io.onedump.job.ByteCount;
import io.onedump.job.ExitCode;
import io.onedump.job.Redaction;
import io.onedump.storage.Catalog;
import io.onedump.storage.Identity;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump list}: what a job has kept. */
@Command(name = "list", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "List the artifacts that a job has kept, newest first: time, size, SHA-256, place. Those"
                + " without a SHA-256 have no sidecar that is good, so whether they are whole is not known. A storage"
                + " that fails holds back no other. Sidecars whose artifacts are gone are told on standard error.",
        footer = "Exit codes: 0 all storages answered, 1 configuration or arguments, 3 a storage failed, or"
                + " the sidecar of an artifact is damaged or cannot be read; with --strict also when the artifact of a"
                + " sidecar is gone.")
final class ListCommand implements Callable<Integer> {

    private static final int NAMED = 5;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

    @Mixin
    private ConfigOptions config;

    @Option(names = "--job", paramLabel = "<id>", required = true, description = "The job's route id.")
    private String job;

    @Option(names = "--json", description = "Print each artifact as one line of JSON.")
    private boolean json;

    @Option(names = "--strict", description = "Fail when the artifact of a sidecar is gone.")
    private boolean strict;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Logs.configure(config.isVerbose(), "warn");
        PrintWriter out = spec.commandLine().getOut();
        try (JobStorages storages = JobStorages.of(config.read(), job)) {
            ExitCode code = storages.each(spec.commandLine().getErr(), (place, storage) -> {
                Catalog.Contents contents = place.catalog(storage).contents();
                contents.entries().forEach(
                        entry -> out.println(json ? json(storage, entry) : Terminal.folded(line(storage, entry))));
                tell(storage, contents.orphans());
                Catalog.requireSound(storage, contents.entries());
                if (contents.entries().isEmpty()) {
                    others(out, storage, place.ofOtherMachines(storage, object -> true));
                }
            });
            out.flush();
            return code.code();
        }
    }

    /** Whoever takes over from a machine that is lost looks for what that one has kept. */
    private void others(PrintWriter out, Storage storage, List<Catalog.Entry> entries) {
        if (!entries.isEmpty()) {
            out.flush();
            spec.commandLine().getErr()
                    .println("onedump: storage " + storage + ": there is nothing under the names that"
                            + " job " + job + " makes on this machine; what it has kept on others is listed");
            entries.forEach(entry -> out.println(json ? json(storage, entry) : Terminal.folded(line(storage, entry))));
        }
    }

    /** Once for each storage, however many there are. */
    private void tell(Storage storage, List<String> orphans) throws StorageException {
        if (orphans.isEmpty()) {
            return;
        }
        String message = "storage " + storage + ": the artifacts of " + orphans.size() + " sidecar(s) are gone: "
                + ShortList.of(orphans, NAMED)
                + "; look for them where somebody may have moved them, or remove the sidecars";
        if (strict) {
            throw new StorageException(message);
        }
        spec.commandLine().getErr().println("onedump: " + Redaction.of(message));
    }

    private static String line(Storage storage, Catalog.Entry entry) {
        return String.format("%s  %9s  %-64s  %s",
                TIME.format(entry.time().atZone(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)),
                ByteCount.format(entry.object().size()), entry.verified() ? entry.sha256() : "not verified",
                CleanText.of(storage.location(entry.object().path()) + entry.remark()));
    }

    private String json(Storage storage, Catalog.Entry entry) {
        return Json.line(line -> {
            line.writeStringField("job", job);
            line.writeStringField("name", entry.object().name());
            line.writeStringField("path", entry.object().path());
            line.writeStringField("location", storage.location(entry.object().path()));
            line.writeStringField("time", entry.time().toString());
            line.writeStringField("timeFrom", entry.clock().toString());
            line.writeNumberField("size", entry.object().size());
            line.writeStringField("sha256", entry.sha256());
            line.writeBooleanField("verified", entry.verified());
            line.writeStringField("sidecar", entry.sidecar().state().toString());
            line.writeStringField("problem", entry.problem());
            line.writeStringField("series", entry.identity().series().orElse(null));
            line.writeStringField("host", entry.identity().get(Identity.HOST).orElse(null));
        });
    }
}
