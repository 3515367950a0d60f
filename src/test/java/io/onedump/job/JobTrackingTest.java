package io.onedump.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Artifacts;
import io.onedump.artifact.Digest;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.artifact.ProducerFailedException;
import io.onedump.artifact.WorkFolder;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ProcessorEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class JobTrackingTest {

    private static final Instant NOW = Instant.parse("2026-11-01T03:00:00Z");

    @TempDir
    private Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final RunOnce runOnce = new RunOnce();
    private final List<JobResult> results = new CopyOnWriteArrayList<>();
    private JobTracking tracking;

    @BeforeEach
    void prepare() {
        Properties properties = new Properties();
        properties.setProperty(WorkFolder.PROPERTY, folder.toString());
        context.getPropertiesComponent().setInitialProperties(properties);
        context.addModelLifecycleStrategy(runOnce);
        tracking = JobTracking.install(context, Clock.fixed(NOW, ZoneOffset.UTC));
        tracking.onResult(results::add);
        context.addComponent("dump", steps(this::dump));
        context.addComponent("storage", steps(JobTrackingTest::store));
        context.addComponent("other", steps(JobTrackingTest::store));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void tellsWhatWasStoredWhere() {
        JobResult result = run(route -> route.to("dump:ok").to("storage:a").to("storage:b"));

        assertThat(result.isSuccess()).isTrue();
        assertThat(result.exitCode()).isEqualTo(ExitCode.SUCCESS);
        assertThat(result.artifacts()).extracting(StoredArtifact::location, StoredArtifact::name, StoredArtifact::size)
                .containsExactly(tuple("a", "shop.sql", 4L),
                        tuple("b", "shop.sql", 4L));
        assertThat(result.started()).isEqualTo(NOW);
        assertThat(results).containsExactly(result);
        assertThat(tracking.running()).isEmpty();
    }

    @Test
    void tellsAFailedDumpFromAFailedStorage() {
        assertThat(run(route -> route.to("dump:refused").to("storage:a")).exitCode()).isEqualTo(ExitCode.PRODUCER);
    }

    @Test
    void fails3WhenAStorageFails() {
        JobResult result = run(route -> route.to("dump:ok").to("storage:broken"));

        assertThat(result.exitCode().code()).isEqualTo(3);
        assertThat(result.failures()).singleElement()
                .satisfies(failure -> assertThat(failure.message()).isEqualTo("disk full"));
        assertThat(result.artifacts()).isEmpty();
    }

    /** Camel's multicast keeps the last branch's exchange, so the failure of another is lost to everybody else. */
    @Test
    void seesAFailedBranchWhereMulticastKeepsTheLastOne() {
        JobResult result = run(route -> route.to("dump:ok").multicast().parallelProcessing()
                .to("storage:broken", "storage:a").end());

        assertThat(result.exitCode()).isEqualTo(ExitCode.STORAGE);
        assertThat(result.artifacts()).extracting(StoredArtifact::location).containsExactly("a");
        assertThat(result.failures()).hasSize(1);
    }

    @Test
    void seesAFailureThatTheRouteSaysIsHandled() {
        JobResult result = run(route -> route.onException(IOException.class).handled(true).end()
                .to("dump:ok").to("storage:broken"));

        assertThat(result.exitCode()).isEqualTo(ExitCode.STORAGE);
    }

    @Test
    void seesAFailureThatTheRouteSaysIsToBeContinued() {
        JobResult result = run(route -> route.onException(IOException.class).continued(true).end()
                .to("dump:ok").to("storage:broken").to("storage:a"));

        assertThat(result.exitCode()).isEqualTo(ExitCode.STORAGE);
        assertThat(result.artifacts()).hasSize(1);
    }

    @Test
    void seesAFailedStorageInATry() {
        JobResult result = run(route -> route.to("dump:ok").doTry().to("storage:broken").doCatch(IOException.class)
                .to("mock:told").end());

        assertThat(result.exitCode()).isEqualTo(ExitCode.STORAGE);
    }

    @Test
    void leavesOtherFailedStepsToTheRouteThatCatchesThem() {
        JobResult result = run(route -> route.to("dump:ok").to("storage:a").doTry().to("other:broken")
                .doCatch(IOException.class).to("mock:told").end());

        assertThat(result.isSuccess()).isTrue();
    }

    @Test
    void countsOtherFailedStepsThatNobodyCatches() {
        assertThat(run(route -> route.to("dump:ok").to("storage:a").to("other:broken")).isSuccess()).isFalse();
    }

    @Test
    void isASuccessWhenTheSecondAttemptIs() {
        JobResult result =
                run(route -> route.onException(IOException.class).maximumRedeliveries(2).redeliveryDelay(1).end()
                        .to("dump:ok").to("storage:second-try").to("storage:a"));

        assertThat(result.isSuccess()).isTrue();
        assertThat(result.artifacts()).hasSize(2);
    }

    @Test
    void isOneFailureWhenEveryAttemptFails() {
        JobResult result =
                run(route -> route.onException(IOException.class).maximumRedeliveries(2).redeliveryDelay(1).end()
                        .to("dump:ok").to("storage:broken"));

        assertThat(result.failures()).hasSize(1);
    }

    @Test
    void countsADumpThatDiesAsOneFailureHoweverManyStoragesReadIt() {
        JobResult result = run(route -> route.to("dump:dies").multicast().parallelProcessing()
                .to("storage:a", "storage:b").end());

        assertThat(result.exitCode().code()).isEqualTo(2);
        assertThat(result.failures()).singleElement()
                .satisfies(failure -> assertThat(failure.message()).isEqualTo("no trailer"));
    }

    @Test
    void reportsTheDumpFirstWhenAStorageFailsToo() {
        JobResult result = run(route -> route.to("dump:dies").multicast().parallelProcessing()
                .to("storage:a", "storage:broken").end());

        assertThat(result.exitCode().code()).isEqualTo(2);
        assertThat(result.failures()).extracting(StepFailure::exitCode)
                .containsExactlyInAnyOrder(ExitCode.PRODUCER, ExitCode.STORAGE);
    }

    @Test
    void tellsTheOtherListenersWhenOneBreaks() {
        AtomicInteger told = new AtomicInteger();
        tracking.onResult(result -> {
            throw new IllegalStateException("broken listener");
        });
        tracking.onResult(result -> told.incrementAndGet());

        run(route -> route.to("dump:ok"));

        assertThat(told).hasValue(1);
    }

    @Test
    void keepsTwoRunsApart() {
        AtomicInteger runs = new AtomicInteger();
        context.addComponent("flaky", steps((exchange, remaining) -> {
            if (runs.getAndIncrement() == 0) {
                throw new IOException("first run");
            }
        }));

        assertThat(run(route -> route.to("flaky:x")).isSuccess()).isFalse();
        assertThat(runOnce.run(context, "shop").isSuccess()).isTrue();
    }

    @Test
    void failsWhenNobodyKeepsTheDump() {
        JobResult result = run(route -> route.to("dump:ok").setBody().constant("done").to("log:done"));

        assertThat(result.exitCode()).isEqualTo(ExitCode.STORAGE);
        assertThat(result.error()).contains("shop.sql was dumped, and no step of the run kept it");
    }

    @Test
    void failsWhenTheRunDoesNotComeByTheStorage() {
        JobResult result = run(route -> route.to("dump:ok").filter(exchange -> false).to("storage:a").end());

        assertThat(result.exitCode()).isEqualTo(ExitCode.STORAGE);
    }

    @Test
    void failsWhenOneOfTwoDumpsIsNotKept() {
        assertThat(run(route -> route.to("dump:ok").to("dump:ok").to("storage:a")).isSuccess()).isFalse();
    }

    @Test
    void leavesADumpToOtherEndpointsAndToJava() {
        assertThat(run(route -> route.to("dump:ok").to("other:a").to("dump:ok").process(exchange -> {
        })).isSuccess()).isTrue();
    }

    @Test
    void saysOfADumpThatWasHandedOnThatItsFateIsNotKnown() {
        JobResult result = run(route -> route.to("dump:ok").to("seda:later"));

        assertThat(result.isSuccess()).isTrue();
        assertThat(result.warnings()).singleElement().asString().contains("handed the dump on");
    }

    /** Camel's own executor, where nobody has installed ours. */
    @Test
    void failsWithTheCommandThatFails() {
        JobResult result = run(route -> route.to("exec:sh?args=-c 'echo half; exit 3'").to("storage:a"));

        assertThat(result.exitCode()).isEqualTo(ExitCode.PRODUCER);
        assertThat(result.error()).contains("exit code 3");
        assertThat(result.artifacts()).isEmpty();
    }

    @Test
    void takesTheExitCodesThatTheRouteAllows() {
        JobResult result =
                run(route -> route.to("exec:sh?args=-c 'echo all; exit 3'&exitValues=0,3").to("storage:a"));

        assertThat(result.isSuccess()).isTrue();
    }

    @Test
    void stopsBeforeTheDumpWhenAHookFails() {
        JobResult result = run(route -> route.to("exec:false").to("dump:ok").to("storage:a"));

        assertThat(result.exitCode()).isEqualTo(ExitCode.PRODUCER);
        assertThat(result.artifacts()).isEmpty();
    }

    @Test
    void failsWhenACommandsOutputIsNotStored() {
        JobResult result = run(route -> route.to("exec:echo?args=x").filter(exchange -> false).to("storage:a").end());

        assertThat(result.exitCode()).isEqualTo(ExitCode.STORAGE);
        assertThat(result.error()).contains("the command's output was not stored");
    }

    @Test
    void isASuccessWithoutAnyStorageWhereNothingIsDumped() {
        JobResult result = run(route -> route.setBody().constant("digest").to("mock:told"));

        assertThat(result.isSuccess()).isTrue();
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void saysThatItsStorageWasNotReached() {
        JobResult result = run(route -> route.filter(exchange -> false).to("storage:a").end());

        assertThat(result.warnings()).containsExactly("nothing was stored: no storage: step was reached");
    }

    /** Each in a way that Camel does not expect: by a component, by an expression, in a branch of its own thread. */
    @ParameterizedTest
    @ValueSource(strings = {"component", "expression", "branch"})
    void endsInAResultAfterAnError(String where) {
        context.addComponent("error", new ErrorComponent());
        JobResult result = run(route -> {
            switch (where) {
                case "component" -> route.to("error:x");
                case "expression" -> route.setBody(exchange -> {
                    throw new StackOverflowError("deep");
                });
                default -> route.multicast().parallelProcessing().to("error:x", "mock:other").end();
            }
        });

        assertThat(result.exitCode()).isEqualTo(ExitCode.PRODUCER);
        assertThat(result.failures()).hasSize(1);
    }

    @Test
    void runsAtTheNextTimeAfterAnError() throws Exception {
        DefaultCamelContext scheduled = new DefaultCamelContext();
        List<JobResult> ended = new CopyOnWriteArrayList<>();
        JobTracking.install(scheduled, Clock.systemUTC()).onResult(ended::add);
        scheduled.addComponent("error", new ErrorComponent());
        try (scheduled) {
            scheduled.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("timer:often?delay=0&period=20").routeId("often").to("error:x");
                }
            });
            scheduled.start();
            await().untilAsserted(() -> assertThat(ended).hasSizeGreaterThan(2));
        }
        assertThat(ended).noneMatch(JobResult::isSuccess);
    }

    /** Its steps do not go by Camel's bridge for simple processors, which catches all there is. */
    private static final class ErrorComponent extends DefaultComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            return new ProcessorEndpoint(uri, this, exchange -> {
            }) {
                @Override
                public Producer createProducer() {
                    return new DefaultAsyncProducer(this) {
                        @Override
                        public boolean process(Exchange exchange, AsyncCallback callback) {
                            throw new OutOfMemoryError("Java heap space");
                        }
                    };
                }
            };
        }
    }

    private interface Steps {
        void addTo(RouteDefinition route);
    }

    private JobResult run(Steps steps) {
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    steps.addTo(from("timer:night").routeId("shop"));
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        context.start();
        return runOnce.run(context, "shop");
    }

    private void dump(Exchange exchange, String how) throws IOException {
        exchange.getMessage().setHeader(OnedumpConstants.FILE_NAME, "shop.sql");
        switch (how) {
            case "refused" -> throw new ProducerFailedException("connection refused");
            case "dies" -> exchange.getMessage().setBody(new Dying());
            default -> {
                exchange.getMessage().setBody(new ByteArrayInputStream("dump".getBytes()));
                exchange.getMessage().setBody(Artifacts.of(exchange));
            }
        }
    }

    private static void store(Exchange exchange, String where) throws IOException {
        if (where.equals("broken")
                || where.equals("second-try")
                        && !exchange.getMessage().getHeader(Exchange.REDELIVERED, false, Boolean.class)) {
            throw new IOException("disk full");
        }
        var digest = Artifacts.of(exchange).digest();
        exchange.getMessage().setHeader(OnedumpConstants.SIZE, digest.size());
        exchange.getMessage().setHeader(OnedumpConstants.SHA256, digest.sha256());
        exchange.getMessage().setHeader(OnedumpConstants.LOCATION, where);
    }

    private interface Work {
        void on(Exchange exchange, String remaining) throws IOException;
    }

    private static Component steps(Work work) {
        return new DefaultComponent() {
            @Override
            protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
                Processor processor = exchange -> work.on(exchange, remaining);
                return new ProcessorEndpoint(uri, this, processor);
            }
        };
    }

    /** A dump whose first bytes came, and then no more. */
    private static final class Dying implements Artifact {

        private final IOException cause = new IOException("no trailer");

        @Override
        public String name() {
            return "shop.sql";
        }

        @Override
        public InputStream open() throws IOException {
            throw new ProducerFailedException(cause.getMessage(), cause);
        }

        @Override
        public Digest digest() throws IOException {
            throw new ProducerFailedException(cause.getMessage(), cause);
        }
    }
}
