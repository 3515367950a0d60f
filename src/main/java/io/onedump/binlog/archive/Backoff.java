package io.onedump.binlog.archive;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing waits between attempts, each shortened by up to half at random so that many clients do not come at once. */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** Counts a failure and answers how long to wait now. */
    Duration next() {
        long wait = first.toMillis() << Math.min(failures++, 20);
        long capped = Math.min(wait, longest.toMillis());
        return Duration.ofMillis(capped - (long) (random.nextDouble() * capped / 2));
    }

    int failures() {
        return failures;
    }

    void reset() {
        failures = 0;
    }
}
