package io.onedump.app.config;

import io.onedump.job.RouteEndpoint;

/**
 * An endpoint where a route names it.
 *
 * @param route null outside of routes
 */
record EndpointUse(String file, int line, String route, RouteEndpoint endpoint) {

    Problem problem(String option, String message) {
        return new Problem(file, line, route, endpoint.writtenPlace(), option, message);
    }
}
