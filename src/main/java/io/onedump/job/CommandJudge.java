package io.onedump.job;

import io.onedump.artifact.ExecOutcome;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Has a command that fails stop a backup in every Camel context that finds this class path's services, whether or not
 * its runs are tracked: Camel's {@code exec:} passes any exit code on. Routes without a component of this project are
 * left alone.
 */
public final class CommandJudge implements ContextServicePlugin, InterceptStrategy {

    @Override
    public void load(CamelContext context) {
        context.getCamelContextExtension().addInterceptStrategy(this);
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return Step.of(context, definition).isCommand() && isBackup(context, definition)
                ? new Judging(target)
                : target;
    }

    private static boolean isBackup(CamelContext context, NamedNode node) {
        RouteDefinition route = node instanceof ProcessorDefinition<?> step
                ? ProcessorDefinitionHelper.getRoute(step)
                : null;
        return route != null && new JobRoute(context, route).endpoints().stream()
                .anyMatch(endpoint -> Schemes.isOurs(endpoint.scheme()));
    }

    private static final class Judging extends DelegateAsyncProcessor {

        Judging(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            return super.process(exchange, doneSync -> {
                if (exchange.getException() == null) {
                    ExecOutcome.judge(exchange);
                }
                callback.done(doneSync);
            });
        }
    }
}
