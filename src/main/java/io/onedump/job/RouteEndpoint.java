package io.onedump.job;

/**
 * An endpoint that a route names.
 *
 * @param uri      as written, with its placeholders, for Camel to make the endpoint of
 * @param resolved without placeholders where they have values, so it may hold secrets
 * @param dynamic  whether each message makes another URI of it
 * @param line     in its file; -1 when it is not known
 */
public record RouteEndpoint(String uri, String resolved, boolean dynamic, int line) {

    public String scheme() {
        return Schemes.of(resolved);
    }

    /** The resolved URI in Camel's normal form, without its options. */
    public String place() {
        return place(resolved);
    }

    /** The same as it is written, so without what placeholders stand for. */
    public String writtenPlace() {
        return place(uri);
    }

    private static String place(String uri) {
        int query = uri.indexOf('?');
        return (query < 0 ? uri : uri.substring(0, query)).replaceFirst("^([^:]+)://", "$1:").trim();
    }
}
