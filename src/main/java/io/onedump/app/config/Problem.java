package io.onedump.app.config;

import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.onedump.artifact.CleanText;

/**
 * One thing that is wrong with the configuration.
 *
 * @param file     as the user named it; never null
 * @param line     from 1; 0 when it is not known
 * @param route    the route's id, or null
 * @param endpoint the endpoint's URI without options, or null
 * @param option   the option's name, or null
 * @param message  what is wrong, what was expected, what to do; without any secret
 */
public record Problem(String file, int line, String route, String endpoint, String option, String message)
        implements
            Comparable<Problem> {

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file).thenComparingInt(Problem::line)
            .thenComparing(Problem::message);

    /** A problem of a whole file. */
    public static Problem of(String file, String message) {
        return new Problem(file, 0, null, null, null, message);
    }

    /** The same at another line, without a part of the message. */
    Problem at(int other, String superfluous) {
        return new Problem(file, other, route, endpoint, option, message.replaceFirst(superfluous, ""));
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** {@code routes/shop.camel.yaml:12: route shop, endpoint dump:mysqldump, option dsn: …}. */
    @Override
    public String toString() {
        String where = Stream.of(named("route", route), named("endpoint", endpoint), named("option", option))
                .filter(Objects::nonNull).collect(Collectors.joining(", "));
        return CleanText.of(
                file + (line > 0 ? ":" + line : "") + ": " + (where.isEmpty() ? "" : where + ": ") + message);
    }

    private static String named(String what, String name) {
        return name == null ? null : what + " " + name;
    }
}
