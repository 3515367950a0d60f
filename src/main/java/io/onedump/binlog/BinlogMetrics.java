package io.onedump.binlog;

import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.onedump.artifact.Meters;
import io.onedump.binlog.archive.ArchiveMonitor;
import io.onedump.binlog.archive.ArchiveStatus;
import org.apache.camel.CamelContext;

/**
 * Gauges of one archive in the application's Micrometer registry; they are not a number while server or storage cannot
 * be asked. Only to be used where {@link Meters#available}.
 */
final class BinlogMetrics implements AutoCloseable {

    private final MeterRegistry registry;
    private final List<Gauge> gauges;

    private BinlogMetrics(MeterRegistry registry, String server, ArchiveMonitor monitor) {
        this.registry = registry;
        this.gauges = List.of(
                gauge(server, monitor, "lag.bytes", ArchiveStatus::lagBytes),
                gauge(server, monitor, "lag.seconds", status -> status.lag().toMillis() / 1000.0),
                gauge(server, monitor, "purge.percent", ArchiveStatus::purgePercent),
                gauge(server, monitor, "gaps", status -> status.gaps().size()),
                gauge(server, monitor, "healthy", status -> status.healthy() ? 1 : 0));
    }

    /** Registers the gauges {@code onedump.binlog.*}; closing takes them away. */
    static BinlogMetrics register(CamelContext context, String server, ArchiveMonitor monitor) {
        return new BinlogMetrics(Meters.registry(context), server,
                monitor);
    }

    private Gauge gauge(String server, ArchiveMonitor monitor, String name, ToDoubleFunction<ArchiveStatus> value) {
        return Gauge.builder("onedump.binlog." + name, monitor,
                source -> source.latest().map(value::applyAsDouble).orElse(Double.NaN)).tag("server", server)
                .register(registry);
    }

    @Override
    public void close() {
        gauges.forEach(registry::remove);
    }
}
