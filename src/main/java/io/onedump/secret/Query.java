package io.onedump.secret;

import java.util.ArrayList;
import java.util.List;

/** The options of an endpoint's URI as a route writes them, with placeholders that are not looked up yet. */
final class Query {

    private static final String RAW = "RAW";

    /**
     * One option.
     *
     * @param value without RAW() around it
     * @param raw   whether that was around it, as Camel puts it around the value of an option that is a secret
     */
    record Option(String name, String value, boolean raw, String written) {
    }

    private Query() {
    }

    static List<Option> options(String query) {
        List<Option> options = new ArrayList<>();
        List<Placeholders.Found> placeholders = Placeholders.in(query);
        int at = 0;
        while (at <= query.length()) {
            int end = end(query, at, placeholders);
            if (end > at) {
                options.add(option(query.substring(at, end)));
            }
            at = end + 1;
        }
        return options;
    }

    private static Option option(String written) {
        int equals = written.indexOf('=');
        String name = equals < 0 ? written : written.substring(0, equals);
        String value = equals < 0 ? "" : written.substring(equals + 1);
        boolean raw = value.startsWith(RAW + "(") && value.endsWith(")")
                || value.startsWith(RAW + "{") && value.endsWith("}");
        return new Option(name, raw ? value.substring(RAW.length() + 1, value.length() - 1) : value, raw, written);
    }

    /** Where the option ends that begins at {@code start}: what is in a placeholder or in RAW() ends none. */
    private static int end(String query, int start, List<Placeholders.Found> placeholders) {
        int equals = query.indexOf('=', start);
        String close = equals < 0 ? null : close(query, equals + 1);
        for (int at = start; at < query.length(); at++) {
            int position = at;
            Placeholders.Found in = placeholders.stream()
                    .filter(found -> found.start() <= position && position < found.end()).findFirst().orElse(null);
            if (in != null) {
                at = in.end() - 1;
            } else if (query.charAt(at) == '&' && (close == null || at < equals
                    || at > equals + RAW.length() + 2 && query.startsWith(close, at - 1))) {
                return at;
            }
        }
        return query.length();
    }

    private static String close(String query, int value) {
        return query.startsWith(RAW + "(", value) ? ")" : query.startsWith(RAW + "{", value) ? "}" : null;
    }
}
