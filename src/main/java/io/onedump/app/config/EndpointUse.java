package io.onedump.app.config;

/**
 * An endpoint where a route names it.
 *
 * @param route null outside of routes
 * @param uri   with its options and unresolved placeholders, so it may hold secrets
 */
record EndpointUse(String file, int line, String route, String uri) {

    /** The URI without its options. */
    String place() {
        int query = uri.indexOf('?');
        String place = query < 0 ? uri : uri.substring(0, query);
        return place.replaceFirst("^([^:]+)://", "$1:");
    }

    String scheme() {
        int colon = place().indexOf(':');
        return colon < 0 ? place() : place().substring(0, colon);
    }

    Problem problem(String option, String message) {
        return new Problem(file, line, route, place(), option, message);
    }
}
