package io.onedump.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.Callable;

import io.onedump.app.config.Configuration;
import io.onedump.app.run.BinlogJob;
import io.onedump.app.run.JobStorages;
import io.onedump.app.run.Logs;
import io.onedump.app.run.RestoreProgress;
import io.onedump.app.run.Terminal;
import io.onedump.artifact.CleanText;
import io.onedump.artifact.Spools;
import io.onedump.artifact.Threads;
import io.onedump.artifact.WorkFolder;
import io.onedump.binlog.StorageArchiveStore;
import io.onedump.binlog.archive.Archive;
import io.onedump.database.Connections;
import io.onedump.drill.Drill;
import io.onedump.drill.DrillRun;
import io.onedump.drill.DrillTarget;
import io.onedump.drill.evidence.DrillRecord;
import io.onedump.drill.evidence.Evidence;
import io.onedump.drill.scratch.ScratchChoice;
import io.onedump.encrypt.age.Identities;
import io.onedump.job.ExitCode;
import io.onedump.job.Redaction;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageEndpoint;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code onedump drill}: restores the newest dump into a scratch server and proves it. */
@Command(name = "drill", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Prove that a job's backups come back: restore its newest dump, and what its archive has behind"
                + " it, into a scratch server, compare every row and every definition, and measure how long it took"
                + " (RTO) and how much would be lost (RPO).",
        footer = "Exit codes: 0 everything came back, 1 configuration or arguments, 2 something was not as it was or"
                + " the drill broke off, 3 the evidence could not be stored or read.")
final class DrillCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Option(names = "--job", paramLabel = "<id>", required = true, description = "The job whose dumps are restored.")
    private String job;

    @Option(names = "--archive-job", paramLabel = "<id>", description = "The job that archives the binary log of the"
            + " server. Default: what the dump step of the job names with archive.")
    private String archiveJob;

    @Option(names = "--to", paramLabel = "<target>", description = "dump: the newest dump alone. end: then the archive"
            + " to its end. random: to a random moment of the last day. next-dump: from the dump before to the newest,"
            + " whose rows have to come out. Default: end where there is an archive, else dump.")
    private String target;

    @Option(names = "--scratch", paramLabel = "<dsn>", defaultValue = "local", description = "local: a private server"
            + " started from this machine's programs and removed. Or the DSN of a server that has a database"
            + " onedump_scratch: all others there are dropped. The password may come from the environment variable"
            + " ONEDUMP_SCRATCH_PASSWORD. Default: ${DEFAULT-VALUE}.")
    private String scratch;

    @Option(names = "--server-program", paramLabel = "<path>", description = "For --scratch local: mariadbd, mysqld or"
            + " postgres. Default: from PATH and the usual folders, of the dump's version if there is one.")
    private String program;

    @Option(names = "--evidence", paramLabel = "<uri>", description = "Keep a record of the drill in this storage, such"
            + " as file:/var/lib/onedump/drills; each holds the SHA-256 of the one before.")
    private String evidence;

    @Option(names = "--check-evidence", description = "Restore nothing: follow the chain of the records in --evidence.")
    private boolean check;

    @Option(names = "--parallel", paramLabel = "<n>", description = "So many connections load. Default: one for each"
            + " processor, at most 4.")
    private Integer parallel;

    @Option(names = "--client", paramLabel = "<program>", description = "For a tool's dump: mariadb, mysql, psql or"
            + " pg_restore. Default: from PATH.")
    private String client;

    @Mixin
    private IdentityOption identity;

    @Option(names = "--json", description = "Print the record as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private Identities identities;

    @Override
    public Integer call() throws IOException {
        Logs.configure(config.isVerbose(), "warn");
        if (check && evidence == null) {
            throw new ParameterException(spec.commandLine(), "--check-evidence takes --evidence");
        }
        ScratchChoice server = Failures.argument(spec, () -> ScratchChoice.parse(scratch, null,
                System.getenv("ONEDUMP_SCRATCH_PASSWORD"), program));
        int connections = Failures.argument(spec, () -> Connections.of(parallel));
        identities = identity.read();
        Configuration configuration = config.read();
        try (JobStorages storages = JobStorages.of(configuration, job)) {
            StorageEndpoint kept = evidence == null
                    ? null
                    : Failures.argument(spec, () -> StorageEndpoint.of(context(storages), "evidence", evidence));
            if (check) {
                return check(kept);
            }
            String archive = archiveJob == null ? storages.archive() : archiveJob;
            DrillTarget end = Failures.argument(spec, () -> DrillTarget.parse(target, archive != null));
            if (end == DrillTarget.DUMP) {
                return drill(storages, server, end, null, kept, connections);
            }
            try (BinlogJob binlog = BinlogJob.of(configuration, archive);
                    StorageArchiveStore store = binlog.openStore()) {
                return drill(storages, server, end, new Archive(store), kept, connections);
            }
        }
    }

    private int drill(JobStorages storages, ScratchChoice server, DrillTarget end, Archive archive,
            StorageEndpoint kept, int connections) throws IOException {
        DrillRecord record;
        try (WorkFolder work = WorkFolder.open(Spools.root(context(storages)));
                RestoreProgress progress = RestoreProgress.start(spec.commandLine().getErr())) {
            Path folder = work.newFile("drill").getParent();
            Drill drill =
                    new Drill(Threads.daemons(), job, end, server, archive, connections, client, identities, folder,
                            new Random(), Clock.systemUTC(), progress);
            record = new DrillRun(drill, kept).run(storages.known());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(record.json(""));
        } else {
            record.lines().forEach(line -> out.println(Terminal.folded(CleanText.of(Redaction.of(line)))));
        }
        out.flush();
        return (record.findings().isEmpty() ? ExitCode.SUCCESS : ExitCode.PRODUCER).code();
    }

    private static CamelContext context(JobStorages storages) {
        return storages.places().get(0).endpoint().getCamelContext();
    }

    private int check(StorageEndpoint kept) throws IOException {
        try (Storage storage = kept.open()) {
            Evidence.Chain chain = DrillRun.of(kept, storage, job).check();
            PrintWriter out = spec.commandLine().getOut();
            chain.broken().forEach(line -> out.println(Terminal.folded(CleanText.of(line))));
            out.println(chain.records() + " records, " + (chain.broken().isEmpty()
                    ? "each as the next one says"
                    : chain.broken().size() + " BROKEN"));
            out.flush();
            return (chain.broken().isEmpty() ? ExitCode.SUCCESS : ExitCode.PRODUCER).code();
        }
    }
}
