package io.onedump.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotifierTest {

    private static final JobResult RESULT =
            new JobResult("shop", Instant.EPOCH, Instant.EPOCH.plusSeconds(1), List.of(), List.of());

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Notifier notifier = new Notifier(context);

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void tellsNobodyWhereThereIsNoRouteForIt() {
        context.start();

        notifier.accept(RESULT);

        assertThat(notifier.hasFailed()).isFalse();
    }

    @Test
    void sendsTheResultToTheRoute() throws Exception {
        start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:notify").to("mock:told");
            }
        });

        notifier.accept(RESULT);

        MockEndpoint told = context.getEndpoint("mock:told", MockEndpoint.class);
        assertThat(told.getExchanges()).singleElement().satisfies(exchange -> {
            assertThat(exchange.getMessage().getBody()).isEqualTo(RESULT);
            assertThat(exchange.getProperty(JobTracking.RESULT)).isEqualTo(RESULT);
        });
        assertThat(notifier.hasFailed()).isFalse();
    }

    @Test
    void remembersThatTheRouteFailed() throws Exception {
        start(failing(false));

        notifier.accept(RESULT);

        assertThat(notifier.hasFailed()).isTrue();
    }

    @Test
    void remembersAFailureThatTheRouteSaysIsHandled() throws Exception {
        start(failing(true));

        notifier.accept(RESULT);

        assertThat(notifier.hasFailed()).isTrue();
    }

    private void start(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
        context.start();
    }

    private static RouteBuilder failing(boolean handled) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:notify").onException(IOException.class).handled(handled).end().process(exchange -> {
                    throw new IOException("nobody listens");
                });
            }
        };
    }
}
