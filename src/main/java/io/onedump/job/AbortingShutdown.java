package io.onedump.job;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Spools;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;
import org.apache.camel.spi.RouteStartupOrder;
import org.slf4j.Logger;

/**
 * Ends runs that have not finished in Camel's shutdown timeout in a clean way: their artifacts are taken from them, so
 * that their dumpers are stopped and their storages, whose clients are still open, remove what they have begun.
 */
public final class AbortingShutdown extends DefaultShutdownStrategy {

    /** How long storages have to remove what they have begun. */
    public static final Duration CLEANUP = Duration.ofSeconds(30);

    private static final Logger LOG = CleanLog.of(AbortingShutdown.class);
    private static final Duration POLL = Duration.ofMillis(20);

    @Override
    protected boolean doShutdown(CamelContext context, List<RouteStartupOrder> routes, long timeout, TimeUnit unit,
            boolean suspendOnly, boolean abortAfterTimeout, boolean forceShutdown) throws Exception {
        boolean done = super.doShutdown(context, routes, timeout, unit, suspendOnly, abortAfterTimeout, forceShutdown);
        if (context.getInflightRepository().size() > 0) {
            LOG.warn("stopping {} run(s) that have not finished in {} s", context.getInflightRepository().size(),
                    unit.toSeconds(timeout));
            Spools.of(context).abort();
            awaitRuns(context);
        }
        return done;
    }

    private static void awaitRuns(CamelContext context) throws InterruptedException {
        long deadline = System.nanoTime() + CLEANUP.toNanos();
        while (context.getInflightRepository().size() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(POLL.toMillis());
        }
    }
}
