package io.onedump.binlog;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.onedump.artifact.CleanLog;
import io.onedump.binlog.archive.Acceptance;
import io.onedump.binlog.archive.Archive;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.slf4j.Logger;

/** Runs the job that makes a full backup when an archive is broken, and accepts the break once that has succeeded. */
final class FreshBackup {

    private static final Logger LOG = CleanLog.of(FreshBackup.class);

    /** After a failure; each further one makes it six times as long. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final CamelContext context;
    private final String job;
    private final Archive archive;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile long notBefore = System.nanoTime();
    private volatile long pause = FIRST_PAUSE.toNanos();

    /** @param job null for none: then somebody has to do it by hand */
    FreshBackup(CamelContext context, String job, Archive archive) {
        this.context = context;
        this.job = job;
        this.archive = archive;
    }

    /** Whether there is a job to run, and it is not running for an earlier break. */
    boolean begin() {
        return job != null && System.nanoTime() - notBefore >= 0 && running.compareAndSet(false, true);
    }

    /** Runs it to its end; {@link #begin} has said yes. */
    void run(String reason) {
        try {
            LOG.warn("{}: job {} is run to make a full backup", reason, job);
            start();
            List<String> accepted = Acceptance.accept(archive, Clock.systemUTC());
            LOG.info("job {} has succeeded; accepted: {}", job, accepted);
            pause = FIRST_PAUSE.toNanos();
        } catch (Exception e) {
            notBefore = System.nanoTime() + pause;
            pause = Math.min(LONGEST_PAUSE.toNanos(), pause * 6);
            LOG.error("the full backup by job {} has failed, so that the archive goes on to alarm: {}", job,
                    e.toString());
        } finally {
            running.set(false);
        }
    }

    private void start() throws Exception {
        Route route = context.getRoute(job);
        if (route == null || !context.getRouteController().getRouteStatus(job).isStarted()) {
            throw new IOException("option onNewTimeline: there is no job " + job + " that is started here");
        }
        Exchange exchange = route.getEndpoint().createExchange();
        exchange.getExchangeExtension().setFromRouteId(job);
        route.getConsumer().getProcessor().process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }
}
