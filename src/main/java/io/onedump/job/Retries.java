package io.onedump.job;

import java.util.Locale;

import io.onedump.artifact.CleanLog;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.slf4j.Logger;

/** Logs one line for each time that a step of a job is tried again. */
final class Retries extends EventNotifierSupport {

    /** The exchange property with the {@link System#nanoTime} at which a step failed last. */
    static final String FAILED_AT = "CamelOnedumpFailedAt";

    private static final Logger LOG = CleanLog.of(Retries.class);

    Retries() {
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        // Not those of failures: who ignores them is not told of retries either.
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeAsyncProcessingStartedEvents(true);
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof ExchangeRedeliveryEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        ExchangeRedeliveryEvent retry = (ExchangeRedeliveryEvent) event;
        Exchange exchange = retry.getExchange();
        JobRun run = JobRun.of(exchange);
        Long failed = exchange.getProperty(FAILED_AT, Long.class);
        if (run != null && failed != null) {
            Integer most = exchange.getMessage().getHeader(Exchange.REDELIVERY_MAX_COUNTER, Integer.class);
            Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
            LOG.warn("{}: retry {} after {} s{}", run.job(), retry.getAttempt() + (most == null ? "" : " of " + most),
                    String.format(Locale.ROOT, "%.1f", (System.nanoTime() - failed) / 1e9),
                    cause == null ? "" : ": " + Causes.message(cause));
        }
    }
}
