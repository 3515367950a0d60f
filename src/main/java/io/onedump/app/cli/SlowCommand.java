package io.onedump.app.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;

import io.onedump.app.run.Terminal;
import io.onedump.artifact.CleanText;
import io.onedump.artifact.Threads;
import io.onedump.artifact.WorkFolder;
import io.onedump.job.ExitCode;
import io.onedump.slowlog.Moment;
import io.onedump.slowlog.digest.LogDigest;
import io.onedump.slowlog.digest.LogDigester;
import io.onedump.slowlog.digest.Scratch;
import io.onedump.slowlog.fingerprint.Fingerprinter;
import io.onedump.slowlog.log.LogFailure;
import io.onedump.slowlog.log.LogFiles;
import io.onedump.slowlog.log.LogInput;
import io.onedump.slowlog.parse.EventFilter;
import io.onedump.slowlog.parse.LogHealth;
import io.onedump.slowlog.report.Comparison;
import io.onedump.slowlog.report.Limit;
import io.onedump.slowlog.report.LogEvents;
import io.onedump.slowlog.report.Ranking;
import io.onedump.slowlog.report.Report;
import io.onedump.slowlog.report.ReportFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code onedump slow}: digests slow query logs, or prints their events or fingerprints. */
@Command(name = "slow", mixinStandardHelpOptions = true, versionProvider = Version.class, exitCodeOnInvalidInput = 1,
        sortOptions = false,
        description = "Digest the slow query logs of MySQL, Percona Server, MariaDB, RDS and Aurora.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything was read", "1:the arguments are wrong", "2:something could not be read, or"
                + " the output not be written"})
public final class SlowCommand implements Callable<Integer> {

    private static final int READ = ExitCode.SUCCESS.code();
    private static final int NOT_READ = ExitCode.PRODUCER.code();
    /**
     * What a shell reports of a command that SIGPIPE ended: {@code onedump slow … | head} is no failure to talk about.
     */
    private static final int READER_GONE = 141;

    @Parameters(paramLabel = "FILE", arity = "0..*",
            description = "Logs, plain or packed with gzip or zstd; folders; - for standard input, which is also"
                    + " the default.")
    private List<String> places = List.of();

    @Option(names = "--glob", defaultValue = "*", description = "Which files of a folder (default: ${DEFAULT-VALUE}).")
    private String glob;

    @Option(names = "--format", defaultValue = "text",
            description = "text (default), json, html or markdown.")
    private String format;

    @Option(names = "--output", paramLabel = "FILE", description = "Write to a file (default: standard output).")
    private Path output;

    @Option(names = "--since", paramLabel = "TIME",
            description = "Only events from then on: 2026-11-23T10:00:00Z, 2026-11-23 for that day's beginning in"
                    + " UTC, or a time ago such as 90m, 24h or 7d.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only events before then.")
    private String until;

    @Option(names = "--db", paramLabel = "NAME", description = "Only events of this database; may be given several"
            + " times.")
    private List<String> databases = List.of();

    @Option(names = "--host", paramLabel = "NAME", description = "Only events of this client, by name or address.")
    private List<String> hosts = List.of();

    @Option(names = "--user", paramLabel = "NAME", description = "Only events of this user.")
    private List<String> users = List.of();

    @Option(names = "--min-time", paramLabel = "SECONDS", description = "Only events that took so long or longer.")
    private Double minTime;

    @Option(names = "--order-by", paramLabel = "METRIC", defaultValue = "query_time:sum",
            description = "Rank by a metric, or by a figure of it, for example%nquery_time:p95, rows_examined:max,"
                    + " count.%nDefault: ${DEFAULT-VALUE}. Figures: sum, min, max, mean, p50, p95, p99, stddev, count.")
    private String orderBy;

    @Option(names = "--limit", paramLabel = "LIMIT", defaultValue = "95%:20",
            description = "How many classes: 10, 95%%, 95%%:20 or all (default: ${DEFAULT-VALUE}).")
    private String limit;

    @Option(names = "--compare", paramLabel = "JSON",
            description = "An earlier digest, written with --format json: tells what is new, gone, slower and faster.")
    private Path compare;

    @Option(names = "--no-samples", description = "Keep every literal of a statement out of the output.")
    private boolean noSamples;

    @Option(names = "--events", description = "Print every event as a line of JSON in place of a digest.")
    private boolean events;

    @Option(names = "--fingerprint",
            description = "Print the fingerprint of each NUL-separated statement on standard input, NUL-separated.")
    private boolean fingerprint;

    @Option(names = "--readers", paramLabel = "N", description = "Threads that read (default: one for each processor).")
    private int readers = Runtime.getRuntime().availableProcessors();

    @Spec
    private CommandSpec spec;
    private final InputStream in;
    private final OutputStream out;
    private final Clock clock;

    /** Writes past {@link System#out}, which keeps quiet about a full disk and a reader that has gone. */
    public SlowCommand() {
        this(System.in, new FileOutputStream(FileDescriptor.out), Clock.systemUTC());
    }

    SlowCommand(InputStream in, OutputStream out, Clock clock) {
        this.in = in;
        this.out = out;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        EventFilter filter = checked(ignored -> filter(), null);
        Ranking ranking = checked(Ranking::parse, orderBy);
        Limit most = checked(Limit::parse, limit);
        ReportFormat as = checked(ReportFormat::parse, format);
        if (readers < 1) {
            throw new ParameterException(spec.commandLine(), "--readers must be at least 1");
        }
        try {
            if (fingerprint) {
                try (OutputStream target = target()) {
                    Fingerprinter.copy(new BufferedInputStream(in), target);
                }
                return READ;
            }
            List<LogInput> logs = LogFiles.find(places, glob, in);
            return events ? events(logs, filter) : digest(logs, filter, ranking, most, as);
        } catch (ReportOutput.GoneException e) {
            return READER_GONE;
        } catch (IOException e) {
            complain(e.getMessage());
            return NOT_READ;
        }
    }

    private int events(List<LogInput> logs, EventFilter filter) throws IOException {
        int code = READ;
        try (OutputStream target = target()) {
            for (LogInput log : logs) {
                try {
                    LogHealth health = LogEvents.write(log, target, filter, !noSamples);
                    if (health.isUnreadable()) {
                        code = complain(LogFailure.notALog(log.name(), health));
                    }
                } catch (ReportOutput.OutputException e) {
                    throw e;
                } catch (IOException e) {
                    code = complain(LogFailure.of(log.name(), e));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return code;
    }

    private int digest(List<LogInput> logs, EventFilter filter, Ranking ranking, Limit most, ReportFormat as)
            throws IOException, InterruptedException {
        LogDigester digester = new LogDigester(Threads.daemons(), filter, readers, Scratch.below(WorkFolder.root()),
                ranking.weight());
        try (LogDigest digest = digester.digest(logs)) {
            return report(digest, ranking, most, as);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private int report(LogDigest digest, Ranking ranking, Limit most, ReportFormat as) throws IOException {
        digest.failures().forEach(this::complain);
        if (!digest.failures().isEmpty() && digest.health().events() == 0) {
            return NOT_READ;
        }
        Comparison comparison = compare == null ? null : Comparison.with(compare, digest);
        Report report = Report.of(digest, ranking, most, !noSamples, comparison);
        Writer plain = new OutputStreamWriter(target(), StandardCharsets.UTF_8);
        try (Writer target = as == ReportFormat.TEXT && output == null ? Terminal.folding(plain) : plain) {
            as.write(report, target);
        }
        return digest.failures().isEmpty() ? READ : NOT_READ;
    }

    private EventFilter filter() {
        return since == null && until == null && minTime == null && databases.isEmpty() && hosts.isEmpty()
                && users.isEmpty()
                        ? EventFilter.ALL
                        : new EventFilter(since == null ? Long.MIN_VALUE : Moment.micros(Moment.parse(since, clock)),
                                until == null ? Long.MAX_VALUE : Moment.micros(Moment.parse(until, clock)),
                                minTime == null ? -1 : Math.round(minTime * 1e6), databases, hosts, users);
    }

    private <A, T> T checked(Function<A, T> parse, A text) {
        return Failures.argument(spec, () -> parse.apply(text));
    }

    private OutputStream target() throws IOException {
        OutputStream target = output == null ? ReportOutput.standard(out) : ReportOutput.file(output);
        return new BufferedOutputStream(target, 1 << 16);
    }

    private int complain(LogFailure failure) {
        complain(failure.log() + ": " + failure.message());
        return NOT_READ;
    }

    private void complain(String message) {
        spec.commandLine().getErr().println("onedump slow: " + CleanText.of(message));
    }
}
