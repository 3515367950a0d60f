package io.onedump.storage;

import java.time.Duration;

/**
 * How long a server that is asked by HTTP may be silent, with the names and defaults of the other clients.
 *
 * @param connect for the connection
 * @param answer  for any answer while one is waited for, and while the server takes no more of what is sent
 */
public record ServerTimeouts(Duration connect, Duration answer) {

    public static final ServerTimeouts DEFAULT = new ServerTimeouts(Duration.ofSeconds(10), Duration.ofMinutes(1));

    public ServerTimeouts {
        if (connect.isNegative() || connect.isZero() || answer.isNegative() || answer.isZero()) {
            throw new IllegalArgumentException(
                    "option answerTimeout: it must be more than 0 milliseconds: " + answer.toMillis());
        }
    }

    public int connectMillis() {
        return millis(connect);
    }

    public int answerMillis() {
        return millis(answer);
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }
}
