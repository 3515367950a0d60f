package io.onedump.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.onedump.artifact.BytesArtifact;
import io.onedump.docs.Repository;
import io.onedump.dump.DumpConnectException;
import io.onedump.job.ExitCode;
import io.onedump.job.Job;
import io.onedump.job.JobResult;
import io.onedump.job.JobTracking;
import io.onedump.job.StepFailure;
import io.onedump.slowlog.SlowLogConstants;
import io.onedump.storage.StorageException;
import io.onedump.storage.TransientStorageException;
import io.onedump.sync.SyncConstants;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.AdviceWithRouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.camel.util.function.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes that are shipped, as they are, with their servers replaced. */
class ShippedRoutesTest extends CamelTestSupport {

    private static final String SQL = "INSERT INTO t VALUES (1);\n";

    @TempDir
    private Path folder;
    private final List<JobResult> results = new ArrayList<>();
    private final Properties values = new Properties();

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withUseAdviceWith(true);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        JobTracking.install(made, Clock.systemUTC()).onResult(results::add);
        return made;
    }

    @Test
    void shopIsProvedBeforeItIsKept() throws Exception {
        routes("shop", "errors", "notify");
        advise("shop", route -> {
            route.replaceFromWith("direct:now");
            route.weaveById("shop-dump").replace().process(dump());
        });
        context.start();

        context.getRouteController().startRoute("shop");
        template.sendBody("direct:now", "");

        assertThat(kept()).containsExactly("shop.sql", "shop.sql.checksum");
        assertThat(folder.resolve("shop.sql")).content().isEqualTo(SQL);
        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.isSuccess()).isTrue();
            assertThat(result.artifacts()).singleElement()
                    .satisfies(artifact -> assertThat(artifact.size()).isEqualTo(SQL.length()));
        });
    }

    @Test
    void aStorageThatIsAwayIsTriedAgainAndTheDumpIsNot() throws Exception {
        AtomicInteger dumps = new AtomicInteger();
        AtomicInteger puts = new AtomicInteger();
        routes("shop", "errors");
        advise("shop", route -> {
            route.replaceFromWith("direct:now");
            route.weaveById("shop-dump").replace().process(counted(dumps, dump()));
            route.weaveById("shop-keep").before().process(counted(puts, exchange -> {
                if (puts.get() < 3) {
                    throw new TransientStorageException("away", null);
                }
            })).id("shop-away");
        });
        context.start();
        context.getRouteController().startRoute("shop");
        template.sendBody("direct:now", "");

        assertThat(dumps).hasValue(1);
        assertThat(puts).hasValue(3);
        assertThat(kept()).contains("shop.sql");
    }

    @Test
    void aStorageIsTriedAgainAsOftenAsThePropertySays() throws Exception {
        values.setProperty("retry.storage.attempts", "2");

        assertThat(attempts(new TransientStorageException("away", null))).isEqualTo(3);
    }

    @Test
    void whatAStorageRefusesForGoodIsNotTriedAgain() throws Exception {
        assertThat(attempts(new StorageException("no such bucket"))).isEqualTo(1);
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsTriedAgainOnce() throws Exception {
        assertThat(attempts(new DumpConnectException("nobody answers"))).isEqualTo(2);
        assertThat(kept()).isEmpty();
        assertThat(results).singleElement()
                .satisfies(result -> assertThat(result.error()).contains("nobody answers"));
    }

    @Test
    void slackIsToldOfFailuresAndOfWarnings() throws Exception {
        values.setProperty("slack.webhook-url", "http://127.0.0.1:9/hook");
        routes("notify");
        advise("notify", route -> {
            route.replaceFromWith("direct:told");
            route.weaveById("slack").replace().to("mock:slack");
        });
        context.start();
        Instant now = Instant.now();

        template.sendBody("direct:told", new JobResult("shop", now, now, List.of(), List.of(),
                List.of("columns of FLOAT lose digits: t.price")));
        template.sendBody("direct:told", new JobResult("shop", now, now, List.of(),
                List.of(new StepFailure("shop-keep", "the disk is full", ExitCode.STORAGE))));

        assertThat(told()).satisfiesExactly(
                text -> assertThat(text).startsWith(":white_check_mark: shop: succeeded")
                        .contains("warning columns of FLOAT lose digits: t.price"),
                text -> assertThat(text).startsWith(":x: shop: FAILED").contains("the disk is full"));
    }

    @Test
    void documentsAreToldOnlyWhenSomethingWasSent() throws Exception {
        values.setProperty("slack.webhook-url", "http://127.0.0.1:9/hook");
        routes("documents");
        AtomicInteger sent = new AtomicInteger();
        advise("documents", route -> {
            route.replaceFromWith("direct:now");
            route.weaveById("documents-send").replace().process(exchange -> {
                exchange.getMessage().setHeader(SyncConstants.SENT, sent.get());
                exchange.getMessage().setHeader(SyncConstants.BYTES, 4711);
                exchange.getMessage().setHeader(SyncConstants.UNCHANGED, 5);
                exchange.getMessage().setHeader(SyncConstants.DELETED, 0);
            });
            route.weaveById("documents-tell").replace().to("mock:slack");
        });
        context.start();
        context.getRouteController().startRoute("documents");
        template.sendBody("direct:now", "");
        sent.set(2);
        template.sendBody("direct:now", "");

        assertThat(told()).containsExactly("Documents: 2 files (4711 bytes) sent, 5 unchanged, 0 deleted");
    }

    @Test
    void slowQueriesKeepThePageAndTellTheSummary() throws Exception {
        values.setProperty("slack.webhook-url", "http://127.0.0.1:9/hook");
        values.setProperty("slow.folder", folder.toString());
        routes("slow-queries");
        advise("slow-queries", route -> {
            route.replaceFromWith("direct:now");
            route.weaveById("slow-queries-digest").replace().process(exchange -> {
                exchange.getMessage()
                        .setBody(new BytesArtifact("slow.html", "<html>".getBytes(StandardCharsets.UTF_8)));
                exchange.getMessage().setHeader(SlowLogConstants.SUMMARY, "one class");
            });
            route.weaveById("slow-queries-tell").replace().to("mock:slack");
        });
        context.start();
        context.getRouteController().startRoute("slow-queries");
        template.sendBody("direct:now", "");

        assertThat(kept()).contains("slow.html");
        assertThat(told()).containsExactly("one class");
    }

    /** How often a dump step that fails so is run. */
    private int attempts(Exception failure) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        routes("shop", "errors");
        advise("shop", route -> {
            route.replaceFromWith("direct:now");
            route.weaveById("shop-dump").replace().process(counted(attempts, exchange -> {
                throw failure;
            })).id("shop-fails");
        });
        context.start();
        context.getRouteController().startRoute("shop");
        template.send("direct:now", exchange -> {
        });
        return attempts.get();
    }

    private static Processor counted(AtomicInteger count, Processor step) {
        return exchange -> {
            count.incrementAndGet();
            step.process(exchange);
        };
    }

    private static Processor dump() {
        return exchange -> exchange.getMessage()
                .setBody(new BytesArtifact("shop.sql", SQL.getBytes(StandardCharsets.UTF_8)));
    }

    private void routes(String... names) throws Exception {
        values.setProperty("shop.folder", folder.toString());
        values.setProperty("retry.connect.delay", "1");
        values.setProperty("retry.storage.delay", "1");
        values.setProperty("retry.storage.max-delay", "2");
        context.getPropertiesComponent().setOverrideProperties(values);
        for (String name : names) {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.resolveResource(context,
                    "file:" + Repository.file("routes/" + name + ".camel.yaml")));
        }
    }

    private void advise(String route, ThrowingConsumer<AdviceWithRouteBuilder, Exception> changes) throws Exception {
        AdviceWith.adviceWith(context, route, advice -> {
            // Without its schedule it is a job by its group only.
            advice.getOriginalRoute().setGroup(route.equals("notify") ? null : Job.GROUP);
            changes.accept(advice);
        });
    }

    private List<String> told() {
        MockEndpoint slack = getMockEndpoint("mock:slack");
        return slack.getExchanges().stream().map(exchange -> exchange.getMessage().getBody())
                .map(body -> body instanceof SlackText text ? text.getText() : String.valueOf(body)).toList();
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
