package io.onedump.slowlog;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Artifacts;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.FileArtifact;
import io.onedump.artifact.NameExpression;
import io.onedump.artifact.Spools;
import io.onedump.slowlog.digest.LogDigest;
import io.onedump.slowlog.digest.LogDigester;
import io.onedump.slowlog.log.LogFiles;
import io.onedump.slowlog.log.LogFollower;
import io.onedump.slowlog.log.LogInput;
import io.onedump.slowlog.log.LogPosition;
import io.onedump.slowlog.report.Comparison;
import io.onedump.slowlog.report.Limit;
import io.onedump.slowlog.report.Report;
import io.onedump.slowlog.report.ReportFormat;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;

/** Digests the logs that the endpoint or the message names and leaves the report in the body. */
class SlowLogProducer extends DefaultProducer {

    /** Bytes of a report that is kept in the memory. */
    private static final int MOST_IN_MEMORY = 1 << 20;
    private static final Logger LOG = CleanLog.of(SlowLogProducer.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    /** Slack cuts messages after 40,000 characters; nobody reads that many. */
    private static final Limit SUMMARY = new Limit(95, 5);

    private final SlowLogEndpoint endpoint;
    private NameExpression fileName;

    SlowLogProducer(SlowLogEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (endpoint.getFileName() != null) {
            fileName = NameExpression.of(endpoint.getCamelContext(), endpoint.getFileName());
        }
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        LogFollower follower = endpoint.getBookmark() == null
                ? null
                : new LogFollower(Path.of(endpoint.getPath()), Path.of(endpoint.getBookmark()));
        List<LogInput> logs = follower == null ? logs(exchange) : follower.parts();
        LogDigester digester =
                new LogDigester(ContextThreads.of(endpoint.getCamelContext()), endpoint.filter(Clock.systemUTC()),
                        Runtime.getRuntime().availableProcessors(),
                        Spools.of(endpoint.getCamelContext())::scratchFile, endpoint.ranking().weight());
        try (LogDigest digest = digester.digest(logs)) {
            if (!digest.failures().isEmpty()) {
                throw new SlowLogException("slow log " + digest.failures().stream()
                        .map(failure -> failure.log() + ": " + failure.message()).collect(Collectors.joining("; ")));
            }
            report(exchange, digest);
            if (follower != null) {
                if (follower.hasGap()) {
                    LOG.warn("{} was rotated and the rest of the old log is gone: its last events are in no digest",
                            endpoint.getPath());
                }
                saveWhenTheRunSucceeds(exchange, follower, digester.ends().get(digester.ends().size() - 1));
            }
            LOG.info("{}: {} events in {} classes, {} bytes read, {} bytes skipped", logs.get(logs.size() - 1).name(),
                    digest.overall().count(), digest.classCount(), digest.health().bytes(),
                    digest.health().skippedBytes());
        }
    }

    private List<LogInput> logs(Exchange exchange) throws IOException {
        if (endpoint.getPath() != null) {
            return LogFiles.find(SlowLogEndpoint.list(endpoint.getPath()), endpoint.getGlob(),
                    InputStream.nullInputStream());
        }
        Artifact artifact = Artifacts.of(exchange);
        return List.of(LogInput.stream(artifact.name(), artifact::open));
    }

    private void report(Exchange exchange, LogDigest digest) throws IOException {
        Comparison comparison = endpoint.getCompare() == null
                ? null
                : Comparison.with(Path.of(endpoint.getCompare()), digest);
        Report report = Report.of(digest, endpoint.ranking(), endpoint.most(), endpoint.isSamples(), comparison);
        Report summary = Report.of(digest, endpoint.ranking(), SUMMARY, endpoint.isSamples(), comparison);
        String name = fileName != null
                ? fileName.evaluate(exchange)
                : "slow-log-" + TIME.format(LocalDateTime.now()) + endpoint.getFormat().extension();
        exchange.getMessage().setHeader(SlowLogConstants.EVENTS, digest.overall().count());
        exchange.getMessage().setHeader(SlowLogConstants.CLASSES, Math.toIntExact(digest.classCount()));
        exchange.getMessage().setHeader(SlowLogConstants.SUMMARY, ReportFormat.MARKDOWN.write(summary));
        exchange.getMessage().setHeader(SlowLogConstants.FILE_NAME, name);
        exchange.getMessage().setBody(artifact(exchange, name, report));
    }

    /** A report of every class can be larger than the memory. */
    private Artifact artifact(Exchange exchange, String name, Report report) throws IOException {
        Spools spools = Spools.of(exchange.getContext());
        Path file = spools.scratchFile("report");
        Closeable removal = () -> Files.deleteIfExists(file);
        try (Writer out = Files.newBufferedWriter(file)) {
            endpoint.getFormat().write(report, out);
        } catch (IOException | RuntimeException | Error e) {
            removal.close();
            throw e;
        }
        if (Files.size(file) > MOST_IN_MEMORY) {
            spools.endWith(exchange, removal);
            return new FileArtifact(name, file);
        }
        byte[] bytes = Files.readAllBytes(file);
        removal.close();
        return new BytesArtifact(name, bytes);
    }

    /** What was digested but never stored has to be digested again. */
    private static void saveWhenTheRunSucceeds(Exchange exchange, LogFollower follower, LogPosition end) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onComplete(Exchange completed) {
                try {
                    follower.save(end);
                } catch (IOException e) {
                    LOG.error("cannot keep where reading stopped, so the next run digests these events again: {}",
                            e.toString());
                }
            }
        });
    }
}
