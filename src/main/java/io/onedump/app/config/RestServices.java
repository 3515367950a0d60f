package io.onedump.app.config;

import java.util.List;
import java.util.Optional;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.RestConsumerFactory;

/** Whether a {@code rest:} can be served at all: Camel looks for what serves HTTP only when the service starts. */
final class RestServices {

    /** Components that Camel would take by itself. */
    private static final List<String> SERVERS = List.of("platform-http", "servlet", "jetty", "undertow", "netty-http");

    private RestServices() {
    }

    /** What is missing, or empty. */
    static Optional<String> lack(CamelContext context) {
        boolean served = !context.getRegistry().findByType(RestConsumerFactory.class).isEmpty()
                || SERVERS.stream().anyMatch(name -> context.getComponent(name, true, false) != null);
        return served
                ? Optional.empty()
                : Optional.of("nothing here serves HTTP: add the dependency org.apache.camel:camel-platform-http-main,"
                        + " or take the service out");
    }
}
