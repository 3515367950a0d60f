package io.onedump.binlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.source.ServerLog;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.servers.MariaDb;
import io.onedump.servers.SqlServer;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.health.DefaultHealthCheckRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinlogRouteIT {

    @TempDir
    Path folder;

    @Test
    void followsTheServerAndTellsTheRouteOfEachWholeFile() throws Exception {
        try (SqlServer server = MariaDb.start(); DefaultCamelContext context = new DefaultCamelContext()) {
            HealthCheckRegistry registry = new DefaultHealthCheckRegistry(context);
            context.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, registry);
            MeterRegistry meters = new SimpleMeterRegistry();
            context.getRegistry().bind("meters", meters);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("binlog:archive?" + options(server)).to("mock:stored");
                }
            });
            MockEndpoint stored = context.getEndpoint("mock:stored", MockEndpoint.class);
            stored.expectedHeaderReceived(OnedumpConstants.FILE_NAME, "binlog.000001");
            stored.expectedMessageCount(1);
            context.start();
            await().untilAsserted(
                    () -> assertThat(folder.resolve("archive/timeline-0001/binlog.000001.manifest")).exists());
            server.execute("FLUSH BINARY LOGS");

            stored.assertIsSatisfied();
            assertThat(folder.resolve("archive/timeline-0001/binlog.000001.zst")).exists();
            HealthCheck health = registry.getCheck("binlog-" + server.host() + ":" + server.port()).orElseThrow();
            assertThat(health.call().getState()).isEqualTo(HealthCheck.State.UP);
            await().untilAsserted(() -> assertThat(health.call().getDetails()).containsEntry("lag_bytes", 0L)
                    .containsEntry("purge_percent", 0L));
            assertThat(gauge(meters, "lag.bytes")).isZero();
            assertThat(gauge(meters, "lag.seconds")).isZero();
            assertThat(gauge(meters, "gaps")).isZero();
            assertThat(gauge(meters, "healthy")).isEqualTo(1);

            server.kill();

            await().atMost(Duration.ofSeconds(30)).untilAsserted(
                    () -> assertThat(health.call().getState()).isEqualTo(HealthCheck.State.DOWN));
            await().untilAsserted(() -> assertThat(gauge(meters, "lag.bytes")).isNaN());
            context.stop();
            assertThat(meters.getMeters()).isEmpty();
        }
    }

    @Test
    void hasAFullBackupMadeWhenANewTimelineBegins() throws Exception {
        try (SqlServer server = MariaDb.start(); DefaultCamelContext context = new DefaultCamelContext()) {
            HealthCheckRegistry registry = new DefaultHealthCheckRegistry(context);
            context.getCamelContextExtension().addContextPlugin(HealthCheckRegistry.class, registry);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("timer:backup?period=1d&delay=1d").routeId("backup").to("mock:backup");
                    from("binlog:archive?onNewTimeline=backup&" + options(server)).to("mock:stored");
                }
            });
            MockEndpoint backup = context.getEndpoint("mock:backup", MockEndpoint.class);
            backup.whenExchangeReceived(1, exchange -> {
                throw new IllegalStateException("the first backup fails");
            });
            // Without a transaction in it, a log that begins anew in the same second is the same log.
            server.execute("CREATE DATABASE old");
            long end;
            try (MySqlSession session =
                    MySqlSession.connect(MySqlSettings.of(server.host(), server.port(), "root", ""))) {
                end = ServerLog.of(session).bytesAfter(BinlogName.parse("binlog.000001"), 0);
            }
            context.start();
            await().untilAsserted(
                    () -> assertThat(folder.resolve("archive/timeline-0001/binlog.000001.manifest")).content()
                            .contains(" " + end + " "));
            assertThat(backup.getReceivedCounter()).isZero();

            server.execute("RESET MASTER", "CREATE DATABASE shop");

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(backup.getReceivedCounter()).isEqualTo(2));
            HealthCheck health = registry.getCheck("binlog-" + server.host() + ":" + server.port()).orElseThrow();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(
                    () -> assertThat(health.call().getState()).isEqualTo(HealthCheck.State.UP));
            assertThat(folder.resolve("archive/timeline-0002/binlog.000001.manifest")).exists();
            assertThat(folder.resolve("archive/accepted")).content().contains("timeline 2");
            context.stop();
        }
    }

    private static double gauge(MeterRegistry meters, String name) {
        return meters.get("onedump.binlog." + name).gauge().value();
    }

    @Test
    void failsTheRunWhenTheServerCannotBeReached() throws Exception {
        try (SqlServer server = MariaDb.start(); DefaultCamelContext context = new DefaultCamelContext()) {
            String uri = "binlog:archive?attempts=1&" + options(server);
            server.kill();
            context.start();

            assertThatThrownBy(() -> context.createProducerTemplate().requestBody(uri, ""))
                    .isInstanceOf(CamelExecutionException.class).cause().isInstanceOf(BinlogException.class)
                    .hasMessageContaining("Connection refused");
        }
    }

    @Test
    void demandsTlsUnlessToldOtherwise() throws Exception {
        try (SqlServer server = MariaDb.start(); DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();

            assertThatThrownBy(() -> context.createProducerTemplate()
                    .requestBody("binlog:archive?attempts=1&"
                            + options(server).replace("tlsMode=DISABLED", "semiSync=false"), ""))
                    .cause().hasMessageContaining("offers no TLS");
        }
    }

    private String options(SqlServer server) {
        return "dsn=RAW(mysql://root@" + server.host() + ":" + server.port()
                + ")&tlsMode=DISABLED&segmentInterval=200&statusInterval=200&spoolDirectory="
                + folder.resolve("staging") + "&storage=storage:file:" + folder.resolve("archive");
    }
}
