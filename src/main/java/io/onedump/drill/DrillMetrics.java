package io.onedump.drill;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.onedump.artifact.Meters;
import io.onedump.drill.evidence.DrillRecord;
import org.apache.camel.CamelContext;

/**
 * Gauges of a job's last drill in the application's Micrometer registry; they are not a number before the first one,
 * and where it has no such figure. Only to be used where {@link Meters#available}.
 */
final class DrillMetrics implements AutoCloseable {

    private final MeterRegistry registry;
    private final List<Gauge> gauges;
    private volatile DrillRecord last;

    private DrillMetrics(MeterRegistry registry, String job) {
        this.registry = registry;
        this.gauges = List.of(gauge(job, "rto.seconds", record -> seconds(record.rto())),
                gauge(job, "rpo.seconds", record -> seconds(record.rpo())),
                gauge(job, "proved", record -> record.proved() ? 1 : 0),
                gauge(job, "findings", record -> record.findings().size()),
                gauge(job, "ended.timestamp.seconds", record -> record.ended().getEpochSecond()));
    }

    /** Registers the gauges {@code onedump.drill.*}; closing takes them away. */
    static DrillMetrics register(CamelContext context, String job) {
        return new DrillMetrics(Meters.registry(context), job);
    }

    void set(DrillRecord record) {
        last = record;
    }

    private static double seconds(Duration duration) {
        return duration == null ? Double.NaN : duration.toMillis() / 1000.0;
    }

    private Gauge gauge(String job, String name, ToDoubleFunction<DrillRecord> value) {
        return Gauge.builder("onedump.drill." + name, this,
                source -> source.last == null ? Double.NaN : value.applyAsDouble(source.last)).tag("job", job)
                .register(registry);
    }

    @Override
    public void close() {
        gauges.forEach(registry::remove);
    }
}
