package io.onedump.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.onedump.job.JobResult;
import io.onedump.job.JobTracking;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JobPlacesTest {

    private final List<String> started = new CopyOnWriteArrayList<>();
    private final List<JobResult> results = new CopyOnWriteArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);

    private static final class Jobs extends Main implements AutoCloseable {
        @Override
        public void close() {
            stop();
        }
    }

    private Jobs main(int jobs) {
        Jobs main = new Jobs();
        JobPlaces.install(main);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                JobTracking.install(getContext(), Clock.systemUTC()).onResult(results::add);
                for (int i = 0; i < jobs; i++) {
                    from("quartz:test/job" + i + "?trigger.repeatInterval=86400000&trigger.repeatCount=0")
                            .routeId("job" + i).process(exchange -> {
                                started.add(exchange.getFromRouteId());
                                goOn.await();
                            });
                }
            }
        });
        return main;
    }

    @Test
    void aJobWaitsForAFreePlaceAndItsResultSaysHowLong() throws Exception {
        try (Jobs main = main(3)) {
            main.addInitialProperty(JobPlaces.PROPERTY, "2");
            main.start();
            await().until(() -> started.size() == 2);
            await().during(Duration.ofMillis(1200)).atMost(Duration.ofSeconds(10)).until(() -> started.size() == 2);
            goOn.countDown();
            await().until(() -> results.size() == 3);
        }
        assertThat(results).filteredOn(result -> !result.warnings().isEmpty()).singleElement()
                .satisfies(result -> assertThat(result.warnings()).singleElement().asString()
                        .matches("waited \\d+\\.\\d s for a free place: .*onedump\\.jobs\\.parallel.*"));
    }

    @Test
    void tenRunAtOneTimeUnlessTheOptionSaysOtherwise() throws Exception {
        try (Jobs main = main(11)) {
            main.start();
            await().until(() -> started.size() == 10);
            await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(10)).until(() -> started.size() == 10);
            goOn.countDown();
            await().until(() -> results.size() == 11);
        }
    }

    @Test
    void moreRunAtOneTimeWhenTheOptionSaysSo() throws Exception {
        try (Jobs main = main(25)) {
            main.addInitialProperty(JobPlaces.PROPERTY, "25");
            main.start();
            await().until(() -> started.size() == 25);
            goOn.countDown();
            await().until(() -> results.size() == 25);
        }
        assertThat(results).allSatisfy(result -> assertThat(result.warnings()).isEmpty());
    }

    @Test
    void refusesNone() {
        assertThatThrownBy(() -> new JobPlaces().setThreadCount(0)).hasMessageContaining(
                "onedump.jobs.parallel: must be at least 1, not 0");
    }
}
