package io.onedump.storage;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How often a request that may succeed later is sent again, and when: each pause is twice the one before, give or take
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

    /**
     * Waits.
     *
     * @param failures so far, at least 1
     * @param asked    what the server asked for, null for nothing
     */
    public void pause(int failures, Duration asked) throws InterruptedIOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis(failures, asked));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to try again");
        }
    }

    private long millis(int failures, Duration asked) {
        long doubled = first.toMillis() << Math.min(failures - 1, 20);
        long pause = Math.min(doubled, longest.toMillis());
        long spread = pause - pause / 4 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        return asked == null ? spread : Math.max(spread, Math.min(asked.toMillis(), MOST_PATIENT.toMillis()));
    }
}
