package io.onedump.slowlog.digest;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

import io.onedump.slowlog.log.LogFailure;
import io.onedump.slowlog.parse.LogHealth;

/**
 * What the events of some logs came to. Every figure is of all events that it is about; percentiles are at most 1 %
 * off, everything else is exact.
 *
 * @param logs         names of the logs that were read
 * @param overall      all events together
 * @param classes      events of one fingerprint each, those with the most query time first
 * @param otherClasses how many classes more there are than can be listed; none weighs more than one that is listed
 * @param other        the events of those classes together, or null when all are listed
 * @param filtered     events that the filter left out
 * @param rateLimit    Percona Server's log_slow_rate_limit: one of so many was logged; 0 when the log does not say
 * @param health       how well the logs could be read
 * @param failures     logs that could not be read, or not to their end, in the order of the logs
 * @param kept         what its classes are read from: closed with the digest, and no class can be read afterwards
 */
public record LogDigest(List<String> logs, Profile overall, List<ClassSummary> classes, long otherClasses,
        Profile other, long filtered, long rateLimit, LogHealth health, List<LogFailure> failures,
        Closeable kept) implements Closeable {

    public LogDigest {
        logs = List.copyOf(logs);
        classes = List.copyOf(classes);
        failures = List.copyOf(failures);
        if (otherClasses > 0 != (other != null)) {
            throw new IllegalArgumentException("classes that are not listed have events, and only those");
        }
    }

    /** Removes what it has in the work folder. */
    @Override
    public void close() throws IOException {
        kept.close();
    }

    /** How many classes there are, listed or not. */
    public long classCount() {
        return classes.size() + otherClasses;
    }

    /** The same without samples, and with the header values only that servers are known to write. */
    public LogDigest withoutLiterals() {
        return new LogDigest(logs, overall.withoutLiterals(),
                classes.stream().map(ClassSummary::withoutLiterals).toList(), otherClasses,
                other == null ? null : other.withoutLiterals(), filtered, rateLimit, health, failures, kept);
    }
}
