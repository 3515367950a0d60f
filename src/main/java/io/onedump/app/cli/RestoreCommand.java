package io.onedump.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.app.run.JobStorages;
import io.onedump.app.run.Logs;
import io.onedump.app.run.RestoreProgress;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanText;
import io.onedump.artifact.Json;
import io.onedump.artifact.Threads;
import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.TlsMode;
import io.onedump.dump.format.ByteRanges;
import io.onedump.dump.format.DumpFile;
import io.onedump.job.ExitCode;
import io.onedump.job.Redaction;
import io.onedump.restore.RestoreChoice;
import io.onedump.restore.RestoreException;
import io.onedump.restore.RestoreResult;
import io.onedump.restore.mysql.NativeRestore;
import io.onedump.storage.Catalog;
import io.onedump.storage.Storage;
import io.onedump.storage.StoredBytes;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump restore}: brings a native dump back, whole or in part, and proves it. */
@Command(name = "restore", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Bring a dump of dump:mysql-native back, whole, one database or some tables, by several"
                + " connections, and read back what came to prove that it is equal. A restore that broke off goes on"
                + " when the same is asked again.",
        footer = "Exit codes: 0 restored (and equal), 1 configuration or arguments, 2 refused, failed or not equal,"
                + " 3 the dump could not be read.")
final class RestoreCommand implements Callable<Integer> {

    private static final int MOST_CONNECTIONS = 64;
    private static final int DEFAULT_CONNECTIONS = 4;

    @Mixin
    private ConfigOptions config;

    @ArgGroup(multiplicity = "1", heading = "The dump, one of:%n")
    private From from;

    @Option(names = "--artifact", paramLabel = "<name>", description = "With --job: the artifact of that name, or of"
            + " that path in its storage. Default: the newest that was verified.")
    private String artifact;

    @Option(names = "--at", paramLabel = "<time>", converter = MomentConverter.class,
            description = "With --job: the newest from before this time, such as 2026-11-23T07:00:00Z, or a time ago"
                    + " such as 90m.")
    private Instant at;

    @Option(names = "--target-dsn", paramLabel = "<dsn>", required = true,
            description = "The server to restore into: mysql://user@host:port, with /database for a dump that does"
                    + " not make its own. The password may come from the environment variable"
                    + " ONEDUMP_TARGET_PASSWORD.")
    private String targetDsn;

    @Option(names = "--target-tls", paramLabel = "<mode>",
            description = "disabled, preferred, required, verify-ca or verify-full. Default: what the DSN says"
                    + " (ssl-mode, ssl-ca), or else preferred.")
    private String targetTls;

    @Option(names = "--database", paramLabel = "<name>", description = "This database only; may be repeated.")
    private List<String> databases = List.of();

    @Option(names = "--table", paramLabel = "<glob>", description = "These tables only, with their triggers:"
            + " database.table or table, with * and ?; may be repeated.")
    private List<String> tables = List.of();

    @Option(names = "--into-database", paramLabel = "<name>", description = "Restore the one database under this"
            + " name.")
    private String into;

    @Option(names = "--schema-only", description = "No rows.")
    private boolean schemaOnly;

    @Option(names = "--data-only", description = "Rows only, into tables that are there.")
    private boolean dataOnly;

    @ArgGroup
    private Definer definer = new Definer();

    @Option(names = "--replace", description = "Remove what is there under the same names. Without it, such a target"
            + " is refused.")
    private boolean replace;

    @Option(names = "--parallel", paramLabel = "<n>", description = "So many connections load. Default: one for each"
            + " processor, at most 4.")
    private Integer parallel;

    @Option(names = "--no-verify", description = "Do not read back and compare what was restored.")
    private boolean unverified;

    @Option(names = "--dry-run", description = "Show what would be done; change nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the result as one line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private static final class From {

        @Option(names = "--job", paramLabel = "<id>", description = "What this job has kept, from the first of its"
                + " storages that has it whole.")
        private String job;

        @Option(names = "--file", paramLabel = "<file>", description = "A file on this machine.")
        private Path file;
    }

    private static final class Definer {

        @Option(names = "--definer", paramLabel = "<account>", description = "user@host in place of the definers of"
                + " views, triggers, routines and events.")
        private String account;

        @Option(names = "--without-definers", description = "Whoever restores is their definer.")
        private boolean none;
    }

    @Override
    public Integer call() throws IOException {
        Logs.configure(config.isVerbose(), "warn");
        RestoreChoice choice = Failures.argument(spec, () -> new RestoreChoice(databases, tables, !dataOnly,
                !schemaOnly, into, definer.none ? "" : definer.account, replace));
        Dsn dsn = Failures.argument(spec,
                () -> Dsn.parse(targetDsn).withAccount(null, System.getenv("ONEDUMP_TARGET_PASSWORD")));
        MySqlSettings target = Failures.argument(spec, () -> MySqlDsn.settings(dsn,
                targetTls == null ? null : TlsMode.parse(targetTls), null, TlsMode.PREFERRED));
        int connections = Failures.argument(spec, this::connections);
        if (from.file != null) {
            if (!Files.isReadable(from.file)) {
                throw new ConfigurationException(Problem.of("--file " + from.file, "there is no such file, or it"
                        + " cannot be read; to take what a job has kept, name the job with --job"));
            }
            return restore(ByteRanges.of(from.file), from.file.toString(), choice, target, dsn.database(),
                    connections);
        }
        try (JobStorages storages = JobStorages.of(config.read(), from.job)) {
            for (JobStorages.Place place : storages.places()) {
                Catalog.Entry entry = find(place);
                if (entry != null) {
                    try (StoredBytes bytes =
                            new StoredBytes(place.endpoint().getBackend(), entry.object(), Backoff.DEFAULT)) {
                        return restore(ranges(bytes), entry.object().path(), choice, target, dsn.database(),
                                connections);
                    }
                }
            }
        }
        say("job " + from.job + " has kept no " + (artifact == null ? "verified artifact" : "artifact " + artifact)
                + (at == null ? "" : " from before " + at) + "; 'onedump list --job " + from.job
                + "' shows what there is");
        return ExitCode.STORAGE.code();
    }

    private int connections() {
        if (parallel == null) {
            return Math.min(DEFAULT_CONNECTIONS, Runtime.getRuntime().availableProcessors());
        }
        if (parallel < 1 || parallel > MOST_CONNECTIONS) {
            throw new IllegalArgumentException("--parallel: from 1 to " + MOST_CONNECTIONS + ", not " + parallel);
        }
        return parallel;
    }

    private Catalog.Entry find(JobStorages.Place place) throws IOException {
        try (Storage storage = place.endpoint().open()) {
            Catalog catalog = place.catalog(storage);
            if (artifact != null) {
                Catalog.Entry named = catalog.entries(object -> object.name().equals(artifact)
                        || object.path().equals(artifact)).stream().findFirst().orElse(null);
                if (named != null && named.problem() != null) {
                    say(storage.location(named.object().path()) + ": " + named.problem());
                    return null;
                }
                return named;
            }
            return catalog.newest(at).stream().filter(entry -> entry.verified() && !entry.isFromTheFuture()
                    && (at == null || entry.time().isBefore(at))).findFirst().orElse(null);
        }
    }

    private static ByteRanges ranges(StoredBytes stored) {
        return new ByteRanges() {
            @Override
            public long size() {
                return stored.size();
            }

            @Override
            public InputStream open(long offset, long length) throws IOException {
                return stored.open(offset, length);
            }
        };
    }

    private int restore(ByteRanges bytes, String name, RestoreChoice choice, MySqlSettings target, String database,
            int connections) throws IOException {
        DumpFile file;
        try {
            file = DumpFile.open(bytes);
        } catch (io.onedump.storage.StorageException e) {
            throw e;
        } catch (IOException e) {
            throw new RestoreException(name + ": " + e.getMessage(), e);
        }
        try (RestoreProgress progress = RestoreProgress.start(spec.commandLine().getErr())) {
            NativeRestore restore =
                    new NativeRestore(Threads.daemons(), file, choice, target, database, connections, progress);
            PrintWriter out = spec.commandLine().getOut();
            if (dryRun) {
                restore.plan().forEach(line -> out.println(CleanText.of(line)));
                out.println("nothing was changed: this was a dry run");
                return ExitCode.SUCCESS.code();
            }
            RestoreResult result = restore.run(!unverified);
            progress.close();
            print(name, result);
            return (result.different().isEmpty() ? ExitCode.SUCCESS : ExitCode.PRODUCER).code();
        }
    }

    private void print(String name, RestoreResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.line(line -> {
                line.writeStringField("artifact", name);
                line.writeNumberField("tables", result.tables());
                line.writeNumberField("rows", result.rows());
                line.writeNumberField("compared", result.compared());
                Json.strings(line, "different", result.different());
                Json.strings(line, "warnings", result.warnings());
            }));
        } else {
            out.println("restored " + CleanText.of(name) + ": " + result.inWords());
        }
        out.flush();
        result.different().forEach(table -> say("NOT EQUAL: " + table));
    }

    private void say(String message) {
        spec.commandLine().getErr().println("onedump: " + Redaction.of(message));
    }
}
