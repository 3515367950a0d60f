package io.onedump.app.config;

import io.onedump.job.RouteEndpoint;
import org.apache.camel.model.OptionalIdentifiedDefinition;

/**
 * An endpoint where a route names it.
 *
 * @param text  of the file
 * @param line  where its step begins
 * @param route null outside of routes
 * @param step  that names it; null for an input and what stands outside of steps
 * @param input whether the route begins with it
 */
record EndpointUse(String file, RouteText text, int line, String route, RouteEndpoint endpoint,
        OptionalIdentifiedDefinition<?> step, boolean input) {

    /** One that no step names. */
    EndpointUse(String file, RouteText text, int line, String route, RouteEndpoint endpoint, boolean input) {
        this(file, text, line, route, endpoint, null, input);
    }

    Problem problem(String option, String message) {
        return new Problem(file, text.lineOf(line, option), route,
                EndpointCheck.withoutAnyPath(endpoint.writtenPlace()),
                option, message);
    }
}
