package io.onedump.artifact;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How often something that may succeed later is tried again, and when: each pause is twice the one before, give or take
 * a quarter so that many clients do not come back at once.
 *
 * @param attempts in all
 * @param first    pause
 * @param longest  pause, unless the server asks for a longer one
 */
public record Backoff(int attempts, Duration first, Duration longest) {

    /** About a minute in all. */
    public static final Backoff DEFAULT = new Backoff(7, Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** What a server asks for beyond that is left to the retry of the whole step. */
    private static final Duration MOST_PATIENT = Duration.ofMinutes(5);

    public Backoff {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
        }
    }

    /** One that never gives up. */
    public static Backoff endless(Duration first, Duration longest) {
        return new Backoff(Integer.MAX_VALUE, first, longest);
    }

    /** How long to wait after so many failures in a row, at least 1. */
    Duration length(int failures, RandomGenerator random) {
        long doubled = first.toMillis() << Math.min(failures - 1, 20);
        long pause = Math.min(doubled, longest.toMillis());
        long spread = pause - pause / 4 + (long) (random.nextDouble() * (pause / 2 + 1));
        return Duration.ofMillis(Math.min(spread, longest.toMillis()));
    }

    /**
     * Waits.
     *
     * @param failures so far, at least 1
     * @param asked    what the server asked for, null for nothing
     */
    public void pause(int failures, Duration asked) throws InterruptedIOException {
        long pause = length(failures, ThreadLocalRandom.current()).toMillis();
        try {
            TimeUnit.MILLISECONDS.sleep(asked == null
                    ? pause
                    : Math.max(pause, Math.min(asked.toMillis(), MOST_PATIENT.toMillis())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to try again");
        }
    }

    /** The pauses of one who counts failures as they come; not for use by several threads. */
    public Pauses pauses(RandomGenerator random) {
        return new Pauses(random);
    }

    /** Failures in a row, and how long to wait after each. */
    public final class Pauses {

        private final RandomGenerator random;
        private int failures;

        private Pauses(RandomGenerator random) {
            this.random = random;
        }

        /** Counts a failure and answers how long to wait now. */
        public Duration next() {
            return length(++failures, random);
        }

        public int failures() {
            return failures;
        }

        /** After a success. */
        public void reset() {
            failures = 0;
        }
    }
}
