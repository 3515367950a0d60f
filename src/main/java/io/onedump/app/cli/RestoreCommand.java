package io.onedump.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.core.JsonGenerator;
import io.onedump.app.config.Configuration;
import io.onedump.app.run.Logs;
import io.onedump.app.run.RestoreProgress;
import io.onedump.app.run.Terminal;
import io.onedump.artifact.CleanText;
import io.onedump.artifact.Json;
import io.onedump.artifact.Threads;
import io.onedump.artifact.WorkFolder;
import io.onedump.binlog.restore.Part;
import io.onedump.binlog.restore.Restore;
import io.onedump.database.Connections;
import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.TlsMode;
import io.onedump.encrypt.age.Identities;
import io.onedump.job.ExitCode;
import io.onedump.job.Redaction;
import io.onedump.restore.OpenedDump;
import io.onedump.restore.Restoration;
import io.onedump.restore.StoredDump;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreResult;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code onedump restore}: brings a dump back, whole or in part, and proves it. */
@Command(name = "restore", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Bring a dump back. One of dump:mysql-native or dump:postgres-native whole, one database or some"
                + " tables, by several connections, and read back what came to prove that it is equal; what broke off"
                + " goes on when the same is asked again. One of mysqldump, pg_dump or pg_dumpall as a whole, by the"
                + " database's own client. With --to and its like: to a moment, by the newest dump from before it and"
                + " the archive of the binary log.",
        footer = "Exit codes: 0 restored (and equal), 1 configuration or arguments, 2 refused, failed or not equal,"
                + " 3 the dump could not be read.")
final class RestoreCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Mixin
    private StoredDumpOption from;

    @Mixin
    private IdentityOption identity;

    @Mixin
    private MomentOptions moment;

    @Option(names = "--list",
            description = "Restore nothing: show the dumps of --job and up to which moment the archive"
                    + " leads from each.")
    private boolean list;

    @Option(names = "--target-dsn", paramLabel = "<dsn>",
            description = "The server to restore into: mysql://user@host:port, with /database for a dump that does"
                    + " not make its own, or postgres://user@host:port/database. The password may come from the"
                    + " environment variable ONEDUMP_TARGET_PASSWORD.")
    private String targetDsn;

    @Option(names = "--target-tls", paramLabel = "<mode>",
            description = "disabled, preferred, required, verify-ca or verify-full. Default: what the DSN says"
                    + " (ssl-mode, ssl-ca), or else preferred.")
    private String targetTls;

    @Option(names = "--database", paramLabel = "<name>", description = "This database only; may be repeated.")
    private List<String> databases = List.of();

    @Option(names = "--table", paramLabel = "<glob>", description = "These tables only, with their triggers:"
            + "%ndatabase.table (PostgreSQL: schema.table) or table, with * and ?; may be repeated.")
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

    @ArgGroup
    private Mode mode = new Mode();

    @Option(names = "--client", paramLabel = "<program>", description = "For a tool's dump: mariadb, mysql, psql or"
            + " pg_restore. Default: from PATH.")
    private String client;

    @Option(names = "--json", description = "Print the result as one line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private static final class Mode {

        @Option(names = "--dry-run", description = "Show what would be done; change nothing.")
        private boolean dryRun;

        @Option(names = "--compare-only", description = "Restore nothing: compare what is on the target with what the"
                + " dump says of its rows.")
        private boolean compare;
    }

    private static final class Definer {

        @Option(names = "--definer", paramLabel = "<account>", description = "user@host in place of the definers of"
                + " views, triggers, routines and events.")
        private String account;

        @Option(names = "--without-definers", description = "Whoever restores is their definer;"
                + " of PostgreSQL, owners and grants are left out.")
        private boolean none;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logs.configure(config.isVerbose(), "warn");
        if (list) {
            return list();
        }
        if (targetDsn == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--target-dsn=<dsn>'");
        }
        RestoreChoice choice = Failures.argument(spec, () -> new RestoreChoice(databases, tables, !dataOnly,
                !schemaOnly, into, definer.none ? "" : definer.account, replace));
        Dsn dsn = Failures.argument(spec,
                () -> Dsn.parse(targetDsn).withAccount(null, System.getenv("ONEDUMP_TARGET_PASSWORD")));
        TlsMode tls = Failures.argument(spec, () -> targetTls == null ? null : TlsMode.parse(targetTls));
        int connections = Failures.argument(spec, this::connections);
        Identities identities = identity.read();
        Configuration configuration = from.isOfJob() ? config.read() : null;
        try (WorkFolder work = WorkFolder.open(WorkFolder.root())) {
            Path folder = work.newFile("restore").getParent();
            if (moment.isGiven()) {
                return toMoment(configuration, choice, dsn, tls, folder, connections, identities);
            }
            return from.use(spec, configuration, stored -> OpenedDump.use(stored, identities, IdentityOption.WAY_OUT,
                    dump -> restore(dump, choice, dsn, tls, folder, connections)));
        }
    }

    /** What a restore to a moment has left changed on the target when it was killed. */
    private void putBackLeft(Dsn dsn, TlsMode tls) throws IOException {
        if (dsn.family() == Dsn.Family.MYSQL) {
            MySqlSettings target = Failures.argument(spec, () -> MySqlDsn.settings(dsn, tls, null, TlsMode.PREFERRED));
            boolean changes = !mode.dryRun && !mode.compare;
            (changes ? Restore.putBack(target) : Restore.left(target)).forEach(this::say);
        }
    }

    private int list() throws IOException {
        if (!from.isOfJob()) {
            throw new ParameterException(spec.commandLine(), "--list takes --job");
        }
        MomentRestore.list(config.read(), from.job(), moment, spec.commandLine().getOut(), spec.commandLine().getErr());
        return ExitCode.SUCCESS.code();
    }

    private int toMoment(Configuration configuration, RestoreChoice choice, Dsn dsn, TlsMode tls, Path work,
            int connections, Identities identities) throws IOException, InterruptedException {
        if (configuration == null || from.isCertain()) {
            throw new ParameterException(spec.commandLine(), "to a moment, the dump is chosen among those of --job:"
                    + " leave out --file, --artifact and --at");
        }
        if (mode.compare) {
            throw new ParameterException(spec.commandLine(), "--compare-only compares with a dump, not with a moment");
        }
        if (schemaOnly || dataOnly) {
            throw new ParameterException(spec.commandLine(), "to a moment, tables come back with their rows: leave out"
                    + " --schema-only and --data-only");
        }
        Failures.argument(spec, () -> new Part(databases, tables, into));
        Failures.argument(spec, moment::stop);
        Failures.argument(spec, moment::engine);
        try (RestoreProgress progress = RestoreProgress.start(spec.commandLine().getErr())) {
            Restoration restoration = new Restoration(Threads.daemons(), dsn, tls, choice, connections, !unverified,
                    client, work, progress);
            PrintWriter out = spec.commandLine().getOut();
            MomentRestore.Done done = momentRestore(configuration, restoration, identities,
                    json ? new PrintWriter(Writer.nullWriter()) : out).run(mode.dryRun);
            progress.close();
            if (done == null) {
                out.println("nothing was changed: this was a dry run");
            } else if (json) {
                printJson(done);
            } else {
                out.println(Terminal.folded("restored " + CleanText.of(done.dump()) + ": "
                        + done.restored().inWords() + "; then " + done.applied().transactions() + " transactions up to "
                        + done.applied().stop()));
            }
            out.flush();
            return ExitCode.SUCCESS.code();
        }
    }

    private MomentRestore momentRestore(Configuration configuration, Restoration asked, Identities identities,
            PrintWriter out) {
        Dsn scratch = Failures.argument(spec, moment::through);
        if (scratch != null && Failures.argument(spec, () -> new Part(databases, tables, into)).isAll()) {
            throw new ParameterException(spec.commandLine(), "--through is for a part: name it with --database or"
                    + " --table");
        }
        Restoration first = scratch == null
                ? asked
                : new Restoration(asked.threads(), scratch, null, new RestoreChoice(List.of(), List.of(), true, true,
                        null, asked.choice().definer(), replace), asked.parallel(), asked.verify(), client,
                        asked.work(), asked.listener());
        MySqlSettings server = Failures.argument(spec,
                () -> MySqlDsn.settings(first.target(), first.tls(), null, TlsMode.PREFERRED));
        if (scratch != null && Failures.argument(spec, () -> MySqlDsn.settings(asked.target(), asked.tls(), null,
                TlsMode.PREFERRED)).address().equals(server.address())) {
            throw new ParameterException(spec.commandLine(), "--through: the scratch server is the target; name another"
                    + " one, the whole comes there");
        }
        return new MomentRestore(configuration, from.job(), moment, server, first,
                scratch == null ? null : new PartThroughScratch(asked, server), identities, asked.work(), out,
                spec.commandLine().getErr());
    }

    private void printJson(MomentRestore.Done done) {
        spec.commandLine().getOut().println(Json.line(line -> {
            result(line, done.dump(), done.restored());
            line.writeNumberField("timeline", done.applied().timeline());
            line.writeStringField("from", done.applied().start().toString());
            line.writeStringField("to", done.applied().stop().toString());
            line.writeNumberField("transactions", done.applied().transactions());
        }));
    }

    private int connections() {
        try {
            return Connections.of(parallel);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--parallel: " + e.getMessage(), e);
        }
    }

    private int restore(StoredDump dump, RestoreChoice choice, Dsn target, TlsMode tls, Path work, int connections)
            throws IOException {
        putBackLeft(target, tls);
        try (RestoreProgress progress = RestoreProgress.start(spec.commandLine().getErr())) {
            Restoration restoration = new Restoration(Threads.daemons(), target, tls, choice, connections, !unverified,
                    client, work, progress);
            PrintWriter out = spec.commandLine().getOut();
            if (mode.dryRun) {
                List<String> plan = restoration.plan(dump);
                out.println(Terminal.folded("artifact  " + CleanText.of(dump.name())));
                plan.forEach(line -> out.println(Terminal.folded(CleanText.of(line))));
                out.println("nothing was changed: this was a dry run");
                return ExitCode.SUCCESS.code();
            }
            RestoreResult result = mode.compare ? restoration.compare(dump) : restoration.run(dump);
            progress.close();
            print(dump.name(), result);
            return (result.different().isEmpty() ? ExitCode.SUCCESS : ExitCode.PRODUCER).code();
        }
    }

    private void print(String name, RestoreResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.line(line -> result(line, name, result)));
        } else {
            out.println(Terminal.folded("restored " + CleanText.of(name) + ": " + result.inWords()));
        }
        out.flush();
        result.different().forEach(table -> say("NOT EQUAL: " + table));
    }

    private static void result(JsonGenerator line, String name, RestoreResult result) throws IOException {
        line.writeStringField("artifact", name);
        if (result.counted()) {
            line.writeNumberField("tables", result.tables());
            line.writeNumberField("rows", result.rows());
        }
        line.writeNumberField("compared", result.compared());
        Json.strings(line, "different", result.different());
        Json.strings(line, "warnings", result.warnings());
    }

    private void say(String message) {
        spec.commandLine().getErr().println("onedump: " + Redaction.of(message));
    }
}
