package io.onedump.app.config;

import java.util.Optional;

import io.onedump.dump.ArtifactExecutor;
import org.apache.camel.Endpoint;
import org.apache.camel.component.exec.ExecEndpoint;

/** Which executors of {@code exec:} may be named. Loaded only where there is {@code camel-exec}. */
final class ExecExecutors {

    static final String OPTION = "commandExecutor";

    private ExecExecutors() {
    }

    /** What is wrong with the one that an endpoint names. */
    static Optional<String> problem(Endpoint endpoint) {
        if (!(endpoint instanceof ExecEndpoint exec) || exec.getCommandExecutor() == null
                || exec.getCommandExecutor() instanceof ArtifactExecutor) {
            return Optional.empty();
        }
        return Optional.of(exec.getCommandExecutor().getClass().getName()
                + " is not safe: a command that fails may pass"
                + " for one that succeeded, and its output may be held in memory; leave the option out, or set it to"
                + " #artifact");
    }
}
