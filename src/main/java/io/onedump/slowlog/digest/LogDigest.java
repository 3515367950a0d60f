package io.onedump.slowlog.digest;

import java.util.List;

import io.onedump.slowlog.log.LogFailure;
import io.onedump.slowlog.parse.LogHealth;

/**
 * What the events of some logs came to.
 *
 * @param logs      names of the logs that were read
 * @param overall   all events together
 * @param classes   events of one fingerprint each, those with the most query time first
 * @param other     the events of classes that were dropped to stay within the memory, or null when none was
 * @param filtered  events that the filter left out
 * @param rateLimit Percona Server's log_slow_rate_limit: one of so many was logged; 0 when the log does not say
 * @param health    how well the logs could be read
 * @param failures  logs that could not be read, or not to their end
 */
public record LogDigest(List<String> logs, Profile overall, List<ClassSummary> classes, Profile other, long filtered,
        long rateLimit, LogHealth health, List<LogFailure> failures) {

    public LogDigest {
        logs = List.copyOf(logs);
        classes = List.copyOf(classes);
        failures = List.copyOf(failures);
    }

    /** The same without samples, and with the header values only that servers are known to write. */
    public LogDigest withoutLiterals() {
        return new LogDigest(logs, overall.withoutLiterals(),
                classes.stream().map(ClassSummary::withoutLiterals).toList(),
                other == null ? null : other.withoutLiterals(), filtered, rateLimit, health, failures);
    }
}
