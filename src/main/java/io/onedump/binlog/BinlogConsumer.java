package io.onedump.binlog;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.Meters;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.artifact.Threads;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.ArchiveMonitor;
import io.onedump.binlog.archive.ArchiveRun;
import io.onedump.binlog.archive.ArchiveStatus;
import io.onedump.binlog.archive.Archiver;
import io.onedump.binlog.archive.FileManifest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;

/** Follows the server for ever, in a thread of its own, and tells the route of each file that is stored whole. */
class BinlogConsumer extends DefaultConsumer {

    private static final Logger LOG = CleanLog.of(BinlogConsumer.class);

    private static final Duration THINNING = Duration.ofHours(1);

    private final BinlogEndpoint endpoint;
    private StorageArchiveStore store;
    private Archiver archiver;
    private ArchiveMonitor monitor;
    private Threads.Scheduled thinning;
    private volatile long thinned;
    private FreshBackup backup;
    private BinlogMetrics metrics;
    private BinlogHealthCheck health;
    private BackgroundTask archiving;

    BinlogConsumer(BinlogEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        store = endpoint.openStore();
        Threads threads = ContextThreads.of(endpoint.getCamelContext());
        backup = new FreshBackup(endpoint.getCamelContext(), endpoint.getConfiguration().getOnNewTimeline(),
                new Archive(store));
        archiver = new Archiver(threads, endpoint.getConfiguration().archive(null, null), store, Clock.systemUTC(),
                new Random(), this::stored, reason -> broken(threads, reason));
        startMonitor(threads);
        if (endpoint.hasRetention()) {
            thinning = threads.every(THINNING, "binlog retention", this::thin);
        }
        archiving = threads.start("binlog archive " + endpoint.server().address(), this::follow);
    }

    private void startMonitor(Threads threads) {
        String server = endpoint.server().address();
        Archive archive = new Archive(store);
        monitor = new ArchiveMonitor(threads, () -> look(threads, archive),
                Duration.ofMillis(endpoint.getConfiguration().getStatusInterval()));
        health = new BinlogHealthCheck(server, archiver, monitor);
        HealthCheckRegistry registry = HealthCheckRegistry.get(endpoint.getCamelContext());
        if (registry != null) {
            registry.register(health);
        }
        if (Meters.available(endpoint.getCamelContext())) {
            metrics = BinlogMetrics.register(endpoint.getCamelContext(), server, monitor);
        }
    }

    private ArchiveStatus look(Threads threads, Archive archive) throws IOException {
        ArchiveStatus status = endpoint.status(archive, endpoint.watch());
        if (status.isBroken()) {
            broken(threads, "the archive is broken: " + String.join("; ", status.alarms()));
        }
        return status;
    }

    private void broken(Threads threads, String reason) {
        if (backup.begin()) {
            threads.start("binlog backup", () -> backup.run(reason));
        }
    }

    private void follow() {
        ArchiveRun result = archiver.follow();
        if (result.ok()) {
            LOG.info("archiving of {} ended: {}", endpoint.server().address(), result.json());
        } else {
            LOG.error("archiving of {} ended: {}", endpoint.server().address(), result.json());
        }
    }

    private void thin() {
        thinned = System.nanoTime();
        endpoint.thinQuietly(new Archive(store));
    }

    private void stored(FileManifest file) {
        if (endpoint.hasRetention() && (thinned == 0 || System.nanoTime() - thinned > THINNING.toNanos())) {
            thin();
        }
        Exchange exchange = createExchange(true);
        exchange.getMessage().setBody(file.text());
        exchange.getMessage().setHeader(OnedumpConstants.FILE_NAME, file.file().toString());
        exchange.getMessage().setHeader(OnedumpConstants.SIZE, file.size());
        try {
            getProcessor().process(exchange);
        } catch (Exception | Error e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            // The file is stored all the same: what the route does about it is the route's affair.
            getExceptionHandler().handleException("the route failed for " + file.file(), exchange,
                    exchange.getException());
        }
        releaseExchange(exchange, true);
    }

    @Override
    protected void doStop() throws Exception {
        HealthCheckRegistry registry = HealthCheckRegistry.get(endpoint.getCamelContext());
        if (registry != null && health != null) {
            registry.unregister(health);
        }
        if (metrics != null) {
            metrics.close();
        }
        if (monitor != null) {
            monitor.close();
        }
        if (thinning != null) {
            thinning.close();
        }
        if (archiver != null) {
            archiver.close();
            archiving.join();
            store.close();
        }
        super.doStop();
    }
}
