package io.onedump.dump;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.exec.ExecEndpoint;
import org.apache.camel.component.exec.impl.DefaultExecCommandExecutor;
import org.apache.camel.spi.EndpointStrategy;

/**
 * Has every {@code exec:} that names no executor run by {@link ArtifactExecutor}, and wait for the command's end: with
 * Camel's own, a command that fails passes for one that succeeded, and its output is held in memory.
 *
 * <p>An endpoint with {@code outFile} keeps Camel's, because its output is in that file; it fails unless the command
 * ends with 0, or with one of its {@code exitValues}.
 */
public final class ExecDefault implements EndpointStrategy {

    private final ArtifactExecutor executor;

    private ExecDefault(ArtifactExecutor executor) {
        this.executor = executor;
    }

    /** For all endpoints that the context makes from now on; an application without camel-exec has no use for it. */
    public static void install(CamelContext context) {
        ArtifactExecutor executor = new ArtifactExecutor();
        executor.setCamelContext(context);
        executor.setWaiting(true);
        context.getCamelContextExtension().registerEndpointCallback(new ExecDefault(executor));
    }

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (endpoint instanceof ExecEndpoint exec) {
            makeSafe(exec);
        }
        return endpoint;
    }

    private void makeSafe(ExecEndpoint endpoint) {
        boolean chosen = endpoint.getCommandExecutor() != null
                && endpoint.getCommandExecutor().getClass() != DefaultExecCommandExecutor.class;
        if (chosen) {
            return;
        }
        if (endpoint.getOutFile() == null) {
            endpoint.setCommandExecutor(executor);
        } else if (endpoint.getExitValues() == null || endpoint.getExitValues().isEmpty()) {
            endpoint.setExitValues("0");
        }
    }
}
