package io.onedump.dump;

import io.onedump.artifact.Compression;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.exec.ExecEndpoint;
import org.apache.camel.component.exec.ExecResult;
import org.apache.camel.component.exec.impl.DefaultExecBinding;
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
    private volatile boolean strict;
    private volatile boolean converting;

    private ExecDefault(CamelContext context) {
        executor = new ArtifactExecutor();
        executor.setCamelContext(context);
        executor.setWaiting(true);
    }

    /** For all endpoints that the context makes from now on; an application without camel-exec has no use for it. */
    public static void install(CamelContext context) {
        ExecDefault installed = of(context);
        installed.strict = true;
        installed.executor.takeAnyExitCode(false);
        installed.executor.setCompression(Compression.ZSTD);
    }

    /**
     * As {@link #install}, for an application whose other routes go by what Camel's own executor gives them: the
     * output as it is, and any exit code. The output is spooled all the same.
     */
    static void spoolOnly(CamelContext context) {
        ExecDefault installed = of(context);
        if (!installed.strict) {
            installed.executor.takeAnyExitCode(true);
            installed.executor.setCompression(Compression.NONE);
        }
    }

    private static ExecDefault of(CamelContext context) {
        ExecDefault installed = context.getCamelContextExtension().getContextPlugin(ExecDefault.class);
        if (installed == null) {
            installed = new ExecDefault(context);
            context.getCamelContextExtension().addContextPlugin(ExecDefault.class, installed);
            context.getCamelContextExtension().registerEndpointCallback(installed);
        }
        return installed;
    }

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (endpoint instanceof ExecEndpoint exec) {
            if (!converting) {
                ArtifactResultConverters.addTo(endpoint.getCamelContext().getTypeConverterRegistry());
                converting = true;
            }
            makeSafe(exec);
        }
        return endpoint;
    }

    private void makeSafe(ExecEndpoint endpoint) {
        if (endpoint.getBinding() == null || endpoint.getBinding().getClass() == DefaultExecBinding.class) {
            endpoint.setBinding(new Binding());
        }
        boolean chosen = endpoint.getCommandExecutor() != null
                && endpoint.getCommandExecutor().getClass() != DefaultExecCommandExecutor.class;
        if (chosen) {
            return;
        }
        if (endpoint.getOutFile() == null) {
            endpoint.setCommandExecutor(executor);
        } else if (strict && (endpoint.getExitValues() == null || endpoint.getExitValues().isEmpty())) {
            endpoint.setExitValues("0");
        }
    }

    /** What nobody reads ends with its exchange too. */
    private static final class Binding extends DefaultExecBinding {

        @Override
        public void writeOutput(Exchange exchange, ExecResult result) {
            if (result instanceof ArtifactResult artifact) {
                artifact.endWith(exchange);
            }
            super.writeOutput(exchange, result);
        }
    }
}
