package io.onedump.sync;

import java.io.IOException;
import java.nio.file.Path;

import org.apache.camel.impl.DefaultCamelContext;

/**
 * A sync as a user writes it, ready to be run.
 *
 * @param storage the URI of the storage
 * @param options more options of {@code sync:}, each as {@code &name=value}
 */
record SyncRun(Path source, String storage, Path state, String options) {

    SyncRun with(String name, Object value) {
        return new SyncRun(source, storage, state, options + "&" + name + "=" + value);
    }

    SyncRun to(String other) {
        return new SyncRun(source, other, state, options);
    }

    SyncResult run() throws IOException {
        return run(new SyncMonitor());
    }

    SyncResult run(SyncMonitor monitor) throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            return context.getEndpoint("sync:" + source + "?storage=RAW(" + storage + ")&state=" + state + options,
                    SyncEndpoint.class).run(monitor);
        }
    }
}
