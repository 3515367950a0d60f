package io.onedump.job;

import java.util.function.Consumer;

import io.onedump.artifact.CleanLog;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;

/**
 * Sends every {@link JobResult} to the route {@value #ENTRY} where there is one. That a notification failed is always
 * logged, and never changes what became of the job.
 */
public final class Notifier implements Consumer<JobResult> {

    static final String ENTRY = "direct:notify";

    private static final Logger LOG = CleanLog.of(Notifier.class);

    private final CamelContext context;
    private volatile boolean failed;

    public Notifier(CamelContext context) {
        this.context = context;
    }

    /** Whether any notification has failed. */
    public boolean hasFailed() {
        return failed;
    }

    @Override
    public void accept(JobResult result) {
        if (context.hasEndpoint(ENTRY) == null) {
            return;
        }
        Exchange sent;
        try (ProducerTemplate template = context.createProducerTemplate()) {
            sent = template.send(ENTRY, exchange -> {
                exchange.getMessage().setBody(result);
                exchange.setProperty(JobTracking.RESULT, result);
            });
        } catch (Exception | Error e) {
            fail(result, e);
            return;
        }
        Throwable thrown = sent.getException() != null
                ? sent.getException()
                : sent.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (thrown != null) {
            fail(result, thrown);
        }
    }

    private void fail(JobResult result, Throwable thrown) {
        failed = true;
        LOG.error("notification of job {} failed: {}; check slack.webhook-url and what the notify route sends to",
                result.job(), Causes.message(thrown));
    }
}
