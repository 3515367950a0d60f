package io.onedump.job;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Reports the end of every attempt at every step to the run that it belongs to. */
final class StepRecorder implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        Step step = Step.of(context, definition);
        return step.counts() ? new Recording(target, step) : target;
    }

    private static final class Recording extends DelegateAsyncProcessor {

        private final Step step;

        Recording(Processor target, Step step) {
            super(target);
            this.step = step;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            JobRun run = JobRun.of(exchange);
            if (run == null) {
                return super.process(exchange, callback);
            }
            return super.process(exchange, doneSync -> {
                if (exchange.getException() != null) {
                    run.failed(step, exchange, exchange.getException());
                    exchange.setProperty(Retries.FAILED_AT, System.nanoTime());
                } else {
                    run.succeeded(step, exchange);
                }
                callback.done(doneSync);
            });
        }
    }
}
