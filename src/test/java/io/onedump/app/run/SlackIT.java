package io.onedump.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;

import io.onedump.job.JobTracking;
import io.onedump.job.Notifier;
import io.onedump.job.RunOnce;
import io.onedump.servers.SlackFake;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The route that the distribution comes with, against a webhook that answers as Slack does. */
@Timeout(90)
class SlackIT {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Properties properties = new Properties();
    private final RunOnce runOnce = new RunOnce();
    private SlackFake slack;
    private Notifier notifier;

    @BeforeEach
    void prepare() {
        slack = SlackFake.start();
        properties.setProperty("slack.webhook-url", slack.url().toString());
        context.getPropertiesComponent().setInitialProperties(properties);
        context.addModelLifecycleStrategy(runOnce);
    }

    @AfterEach
    void stop() {
        context.stop();
        slack.close();
    }

    @Test
    void saysThatAJobSucceeded() throws Exception {
        start();

        assertThat(runOnce.run(context, "good").isSuccess()).isTrue();

        assertThat(slack.messages()).singleElement().satisfies(message -> assertThat(message.text())
                .startsWith(":white_check_mark: good: succeeded in "));
        assertThat(notifier.hasFailed()).isFalse();
    }

    @Test
    void saysWhyAJobFailed() throws Exception {
        start();

        runOnce.run(context, "bad");

        assertThat(slack.messages()).singleElement().satisfies(message -> assertThat(message.text())
                .startsWith(":x: bad: FAILED in ").contains("the disk is \"full\" & <broken>"));
    }

    @Test
    void mentionsNobodyWhateverAFailureSays() {
        String text = SlackText.of("x: <!channel> <!here|a> <@U123> <#C1> <https://evil.example|click> <a.b|c>"
                + " &lt;!channel&gt;\u202e\u001b[0m").getText();

        assertThat(text).doesNotContain("<!", "<@", "<#", "<http", "|c>\u202e", "\u001b").contains("&lt;!channel>",
                "&amp;lt;!channel");
    }

    @Test
    void postsAsWhomAndWhereTheConfigurationSays() throws Exception {
        properties.setProperty("slack.channel", "#ops");
        properties.setProperty("slack.username", "night shift");
        properties.setProperty("slack.icon", "owl");
        start();

        runOnce.run(context, "good");

        JsonObject json = (JsonObject) Jsoner.deserialize(slack.messages().get(0).json());
        assertThat(json.getString("channel")).isEqualTo("#ops");
        assertThat(json.getString("username")).isEqualTo("night shift");
        assertThat(json.getString("icon_emoji")).isEqualTo(":owl:");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 500})
    void noticesARefusedMessageWithoutFailingTheJob(int status) throws Exception {
        start();
        slack.failNext(10, status);

        assertThat(runOnce.run(context, "good").isSuccess()).isTrue();

        assertThat(slack.messages()).isEmpty();
        assertThat(notifier.hasFailed()).isTrue();
    }

    @Test
    void noticesThatNobodyAnswers() throws Exception {
        start();
        slack.close();

        assertThat(runOnce.run(context, "good").isSuccess()).isTrue();

        assertThat(notifier.hasFailed()).isTrue();
    }

    /** A run must not wait for ever for a webhook that does not answer. */
    @Test
    void givesUpOnAWebhookThatHangs() throws Exception {
        start();
        slack.hangNext(1);
        long began = System.nanoTime();

        assertThat(runOnce.run(context, "good").isSuccess()).isTrue();

        assertThat(notifier.hasFailed()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void postsNothingWithoutAWebhook() throws Exception {
        properties.setProperty("slack.webhook-url", "");
        start();

        runOnce.run(context, "good");

        assertThat(slack.calls()).isZero();
        assertThat(notifier.hasFailed()).isFalse();
    }

    private void start() throws Exception {
        JobTracking tracking = JobTracking.install(context, Clock.systemUTC());
        notifier = new Notifier(context);
        tracking.onResult(notifier);
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveResource(context, "file:" + Path.of("routes/notify.camel.yaml")));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:good").routeId("good").log("done");
                from("timer:bad").routeId("bad").process(exchange -> {
                    throw new IOException("the disk is \"full\" & <broken>");
                });
            }
        });
        context.start();
    }
}
