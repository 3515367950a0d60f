package io.onedump.job;

import java.util.concurrent.atomic.AtomicBoolean;

import io.onedump.artifact.ExecOutcome;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Reports the end of every attempt at every step to the run that it belongs to. An error of the virtual machine, too,
 * is the step's failure: thrown on, it would end the thread of the schedule, and leave those who wait for the step
 * waiting.
 */
final class StepRecorder implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new Recording(target, Step.of(context, definition));
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
            return run == null ? super.process(exchange, callback) : process(exchange, callback, run);
        }

        private boolean process(Exchange exchange, AsyncCallback callback, JobRun run) {
            Object before = exchange.getMessage().getBody();
            AtomicBoolean ended = new AtomicBoolean();
            try {
                return super.process(exchange, doneSync -> {
                    if (ended.compareAndSet(false, true)) {
                        record(run, exchange, before);
                        callback.done(doneSync);
                    }
                });
            } catch (RuntimeException | Error e) {
                if (!ended.compareAndSet(false, true)) {
                    throw e;
                }
                exchange.setException(e);
                record(run, exchange, before);
                callback.done(true);
                return true;
            }
        }

        private void record(JobRun run, Exchange exchange, Object before) {
            if (exchange.getException() == null && step.isCommand()) {
                ExecOutcome.judge(exchange);
            }
            if (exchange.getException() == null) {
                run.succeeded(step, exchange, before);
            } else if (step.counts()) {
                run.failed(step, exchange, exchange.getException());
                exchange.setProperty(Retries.FAILED_AT, System.nanoTime());
            }
        }
    }
}
