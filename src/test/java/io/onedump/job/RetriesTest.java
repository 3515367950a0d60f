package io.onedump.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.LoggingLevel;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each time that a step of a job is tried again is a line of the log. */
@Timeout(60)
class RetriesTest {

    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void saysWhichRetryOfHowManyAfterWhichWaitAndWhy() throws Exception {
        List<String> lines = retries(route -> route.process(failing("cannot reach the storage")));

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches(".* shop: retry 1 of 3 after \\d+\\.\\d s: cannot reach the storage");
        assertThat(lines.get(2)).matches(".* shop: retry 3 of 3 after \\d+\\.\\d s: cannot reach the storage");
    }

    @Test
    void countsTheRetriesOfEachBranch() throws Exception {
        assertThat(retries(route -> route.multicast().parallelProcessing().to("direct:one", "direct:two").end()))
                .hasSize(6).allMatch(line -> line.contains("shop: retry "));
    }

    @Test
    void isSilentAfterAStepThatSucceeds() throws Exception {
        assertThat(retries(route -> route.process(exchange -> {
            if (attempts.incrementAndGet() < 2) {
                throw new IOException("once");
            }
        }))).hasSize(1);
    }

    /** A server's answer may hold what a terminal obeys, and Camel's exceptions hold URIs. */
    @Test
    void showsNeitherASecretNorASecondLine() throws Exception {
        List<String> lines =
                retries(route -> route.process(failing("sftp://u:s3cret-s3cret@nas/x?password=s3cret-s3cret"
                        + "\n2026 INFO all is well \u001b[31m")));

        assertThat(lines).hasSize(3).noneMatch(line -> line.contains("s3cret") || line.contains("\u001b"))
                .allMatch(line -> line.contains("sftp://u:xxxxxx@nas"));
    }

    private static Processor failing(String why) {
        return exchange -> {
            throw new IOException(why);
        };
    }

    private interface Steps {
        void addTo(RouteDefinition route);
    }

    /** The log's lines of one run. */
    private static List<String> retries(Steps steps) throws Exception {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream usual = System.err;
        System.setErr(new PrintStream(log, true));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            RunOnce runOnce = new RunOnce();
            context.addModelLifecycleStrategy(runOnce);
            JobTracking.install(context, Clock.systemUTC());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(100)
                            .logRetryAttempted(false).retryAttemptedLogLevel(LoggingLevel.TRACE));
                    steps.addTo(from("timer:shop").routeId("shop"));
                    from("direct:one").process(failing("one"));
                    from("direct:two").process(failing("two"));
                }
            });
            context.start();
            runOnce.run(context, "shop");
        } finally {
            System.setErr(usual);
        }
        return log.toString().lines().filter(line -> line.contains("WARN io.onedump.job.Retries ")).toList();
    }
}
