package io.onedump.app.run;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.job.Redaction;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;

/** Makes a configuration problem of what Camel throws when it cannot start. */
final class StartFailures {

    private StartFailures() {
    }

    static ConfigurationException explain(Throwable thrown) {
        return explain(thrown, null);
    }

    /** @param started the route that was to start, or null */
    static ConfigurationException explain(Throwable thrown, String started) {
        String route = started;
        Throwable cause = thrown;
        while (true) {
            if (cause instanceof ConfigurationException configuration) {
                return configuration;
            }
            if (cause instanceof FailedToCreateRouteException creation) {
                route = creation.getRouteId();
            } else if (cause instanceof FailedToStartRouteException start) {
                route = start.getRouteId();
            }
            if (cause.getCause() == null) {
                break;
            }
            cause = cause.getCause();
        }
        String message = Redaction.of(String.valueOf(cause.getMessage()));
        return (ConfigurationException) new ConfigurationException(
                new Problem("configuration", 0, route, null, null, message)).initCause(thrown);
    }
}
