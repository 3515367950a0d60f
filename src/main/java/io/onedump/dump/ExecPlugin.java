package io.onedump.dump;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;

/**
 * Spools what {@code exec:} prints in every Camel context that finds this class path's services, where there is
 * {@code camel-exec}.
 */
public final class ExecPlugin implements ContextServicePlugin {

    private static final String ENDPOINT = "org.apache.camel.component.exec.ExecEndpoint";

    @Override
    public void load(CamelContext context) {
        if (context.getClassResolver().resolveClass(ENDPOINT, ExecPlugin.class.getClassLoader()) != null) {
            ExecDefault.spoolOnly(context);
        }
    }
}
