package io.onedump.app.config;

import io.onedump.job.RouteEndpoint;

/**
 * An endpoint where a route names it.
 *
 * @param text  of the file
 * @param line  where its step begins
 * @param route null outside of routes
 * @param input whether the route begins with it
 */
record EndpointUse(String file, RouteText text, int line, String route, RouteEndpoint endpoint, boolean input) {

    Problem problem(String option, String message) {
        return new Problem(file, text.lineOf(line, option), route,
                EndpointCheck.withoutAnyPath(endpoint.writtenPlace()),
                option, message);
    }
}
