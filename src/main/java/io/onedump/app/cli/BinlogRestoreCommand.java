package io.onedump.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.onedump.app.run.Logs;
import io.onedump.app.run.Terminal;
import io.onedump.artifact.WorkFolder;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.ArchiveStore;
import io.onedump.binlog.archive.PlainFiles;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.restore.Engine;
import io.onedump.binlog.restore.Part;
import io.onedump.binlog.restore.Restore;
import io.onedump.binlog.restore.RestorePlan;
import io.onedump.binlog.restore.RestoreRequest;
import io.onedump.binlog.restore.StopAt;
import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.TlsMode;
import io.onedump.job.ExitCode;
import io.onedump.job.Redaction;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code onedump binlog restore}: brings a server to a moment. */
@Command(name = "restore", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Bring a server to a moment: load a dump, or go on from a position, and apply the archive up"
                + " to the end"
                + " that is asked for.",
        footer = "Exit codes: 0 restored, 1 configuration or arguments, 2 refused or failed.")
final class BinlogRestoreCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @ArgGroup(multiplicity = "1", heading = "The binary log, one of:%n")
    private Log log;

    @Option(names = "--target-dsn", paramLabel = "<dsn>",
            description = "The server to restore into,%nmysql://user@host:port; not with --sql. The"
                    + " password may come from the"
                    + " environment"
                    + " variable ONEDUMP_TARGET_PASSWORD.")
    private String targetDsn;

    @Option(names = "--target-tls", paramLabel = "<mode>",
            description = "disabled, preferred, required, verify-ca or verify-full. Default: what the DSN says"
                    + " (ssl-mode, ssl-ca), or else preferred.")
    private String targetTls;

    @Option(names = "--start-file", paramLabel = "<file>", description = "Begin in this binlog file.")
    private String startFile;

    @Option(names = "--start-pos", paramLabel = "<n>", defaultValue = "4", description = "Begin at this offset in"
            + " it. Default:"
            + " ${DEFAULT-VALUE}, its start.")
    private long startPosition;

    @Mixin
    private DumpOption dump;

    @ArgGroup(multiplicity = "1", heading = "Where to end, one of:%n")
    private End end;

    @Option(names = "--skip-gtid", paramLabel = "<gtid>", description = "Leave this transaction out; takes --engine"
            + " replica; may"
            + " be repeated.")
    private Set<String> skipped = Set.of();

    @Option(names = "--engine", paramLabel = "<engine>", defaultValue = "tool",
            description = "tool: pipe mysqlbinlog or mariadb-binlog into the client. replica: feed the target's own"
                    + " replica"
                    + " threads, which is faster and needs no tools. Default: ${DEFAULT-VALUE}.")
    private String engine;

    @Option(names = "--dry-run", description = "Read and check what would be restored, show the plan, change nothing.")
    private boolean dryRun;

    @Option(names = "--sql", description = "Print what would be run as SQL, the dump's and the log's by mysqlbinlog or"
            + " mariadb-binlog, and ask no server.")
    private boolean sql;

    @Option(names = "--timeline", paramLabel = "<n>", description = "Default: the newest.")
    private int timeline;

    @Option(names = "--work-dir", paramLabel = "<folder>", description = "Room for the uncompressed files. Default:"
            + " the job's spool folder, with --dir one in the folder of temporary files.")
    private Path work;

    @Option(names = "--binlog-tool", paramLabel = "<program>", description = "mysqlbinlog or mariadb-binlog."
            + " Default: from PATH.")
    private String binlogTool;

    @Option(names = "--client", paramLabel = "<program>", description = "mysql or mariadb. Default: from PATH.")
    private String client;

    @Option(names = "--listen", paramLabel = "<address>", description = "With --engine replica: our address as the"
            + " target sees"
            + " it. Default: the one we reach the target from.")
    private InetAddress listen;

    @Spec
    private CommandSpec spec;

    /** Where it is. */
    static final class Log {

        @Option(names = "--job", paramLabel = "<id>",
                description = "The id of the route that has a binlog: endpoint, as its start or as a step.")
        private String job;

        @Option(names = "--dir", paramLabel = "<folder>", description = "A folder of binlog files as the server wrote"
                + " them, or as mysqlbinlog --raw copied them; takes no configuration.")
        private Path folder;
    }

    /** Exactly one of them is given. */
    static final class End {

        @Option(names = "--end-file", paramLabel = "<file>", description = "At --end-pos in this file.")
        private String file;

        @Option(names = "--to", paramLabel = "<time>", converter = MomentConverter.class,
                description = "Before the first transaction committed at this time or later, such as"
                        + " 2026-11-23T07:00:00Z, or a time ago such as 90m.")
        private Instant time;

        @Option(names = "--before-gtid", paramLabel = "<gtid>", description = "Before this transaction.")
        private String gtid;

        @Option(names = "--to-end", description = "After everything that is archived.")
        private boolean all;
    }

    @Option(names = "--end-pos", paramLabel = "<n>", description = "With --end-file.")
    private Long endPosition;

    @Override
    public Integer call() throws Exception {
        if (startFile == null && !dump.isGiven()) {
            throw new ParameterException(spec.commandLine(), "give --start-file and --start-pos, or --from-dump");
        }
        requireNoContradiction();
        StopAt stop = Failures.argument(spec, this::stop);
        MySqlSettings target = sql ? null : Failures.argument(spec, this::target);
        Engine chosen = Failures.argument(spec, () -> Engine.parse(engine));
        BinlogPosition start = Failures.argument(spec,
                () -> startFile == null ? null : BinlogPosition.of(startFile, startPosition));
        if (log.folder != null) {
            Logs.configure(config.isVerbose(), "info");
            try (WorkFolder own = WorkFolder.open(WorkFolder.root())) {
                Path folder = work == null ? own.newFile("restore").getParent() : work;
                restore(PlainFiles.of(log.folder), folder, stop, target, chosen, start);
            }
            spec.commandLine().getOut().flush();
            return ExitCode.SUCCESS.code();
        }
        return BinlogOptions.run(spec, config, log.job, (endpoint, store) -> {
            Path folder =
                    work == null ? Path.of(endpoint.getConfiguration().getSpoolDirectory()).resolve("restore") : work;
            restore(store, folder, stop, target, chosen, start);
            return ExitCode.SUCCESS;
        });
    }

    private void restore(ArchiveStore store, Path folder, StopAt stop, MySqlSettings target, Engine chosen,
            BinlogPosition start) throws IOException, InterruptedException {
        try (DumpOption.Chosen first = dump.choose(config::read, end.time, dryRun ? null : folder)) {
            RestoreRequest request = new RestoreRequest(timeline, start, stop, skipped, first.dump(), target, chosen,
                    folder, binlogTool, client, listen, Part.ALL);
            Restore restore = new Restore(new Archive(store));
            if (sql) {
                try (OutputStream out = ReportOutput.standard(new FileOutputStream(FileDescriptor.out))) {
                    restore.write(request, out);
                }
            } else if (dryRun) {
                Restore.left(target).forEach(this::say);
                RestorePlan plan = restore.plan(request);
                print(plan, restore.effort(request, plan), "nothing was changed: this was a dry run");
            } else {
                print(restore.run(request), List.of(), "restored");
            }
        }
    }

    private void say(String what) {
        spec.commandLine().getErr().println("onedump: " + Redaction.of(what));
    }

    private void print(RestorePlan plan, List<String> effort, String end) {
        PrintWriter out = spec.commandLine().getOut();
        Stream.concat(plan.lines().stream(), effort.stream()).forEach(line -> out.println(Terminal.folded(line)));
        out.println(end);
    }

    /** What is not an end of its own would else be passed over in silence. */
    private void requireNoContradiction() {
        if (endPosition != null && end.file == null) {
            throw new ParameterException(spec.commandLine(), "--end-pos belongs to --end-file, and contradicts the"
                    + " other end that is given");
        }
        if (!sql && targetDsn == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--target-dsn=<dsn>'");
        }
        if (sql && (targetDsn != null || dryRun || Engine.parse(engine) == Engine.REPLICA)) {
            throw new ParameterException(spec.commandLine(), "--sql prints and asks no server: leave out --target-dsn,"
                    + " --dry-run and --engine replica");
        }
        if (startFile == null && spec.commandLine().getParseResult().hasMatchedOption("--start-pos")) {
            throw new ParameterException(spec.commandLine(), "--start-pos needs --start-file");
        }
    }

    private StopAt stop() {
        if (end.time != null) {
            return new StopAt.Time(end.time);
        }
        if (end.gtid != null) {
            return new StopAt.Gtid(end.gtid);
        }
        if (end.all) {
            return new StopAt.End();
        }
        if (endPosition == null) {
            throw new ParameterException(spec.commandLine(), "--end-file needs --end-pos");
        }
        return new StopAt.Position(BinlogName.parse(end.file), endPosition);
    }

    private MySqlSettings target() {
        Dsn dsn = Dsn.parse(targetDsn).withAccount(null, System.getenv("ONEDUMP_TARGET_PASSWORD"));
        return MySqlDsn.settings(dsn, targetTls == null ? null : TlsMode.parse(targetTls), null, TlsMode.PREFERRED);
    }
}
