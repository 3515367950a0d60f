package io.onedump.jars;

import java.util.ServiceConfigurationError;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel application that has the components and nothing else; loaded by a class loader of its own. */
public final class EmptyApplication {

    private EmptyApplication() {
    }

    /** @return what went wrong, with all causes; empty when the endpoint was made */
    public static String endpoint(String uri) {
        return trouble(context -> {
            context.start();
            context.getEndpoint(uri);
        });
    }

    /** @return what went wrong, with all causes; empty when a route to the endpoint was started */
    public static String route(String uri) {
        return trouble(context -> {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:start").to(uri);
                }
            });
            context.start();
        });
    }

    private static String trouble(Use use) {
        try (DefaultCamelContext context = new DefaultCamelContext(false)) {
            // As a container does; by itself Camel looks for services where the JVM's own class path is, and at once.
            context.setApplicationContextClassLoader(EmptyApplication.class.getClassLoader());
            context.build();
            use.of(context);
            return "";
        } catch (Exception | LinkageError | ServiceConfigurationError e) {
            StringBuilder trouble = new StringBuilder();
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                trouble.append(cause).append('\n');
            }
            return trouble.toString();
        }
    }

    private interface Use {
        void of(DefaultCamelContext context) throws Exception;
    }
}
