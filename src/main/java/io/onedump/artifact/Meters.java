package io.onedump.artifact;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;

/** The application's Micrometer registry. */
public final class Meters {

    private Meters() {
    }

    /** Whether the application has one; what uses the other methods is only to be touched where it has. */
    public static boolean available(CamelContext context) {
        return context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") != null
                && !context.getRegistry().findByType(MeterRegistry.class).isEmpty();
    }

    /** That registry. */
    public static MeterRegistry registry(CamelContext context) {
        return context.getRegistry().findByType(MeterRegistry.class).iterator().next();
    }
}
