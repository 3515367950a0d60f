package io.onedump.slowlog;

/**
 * A log that could not be read, or not to its end.
 *
 * @param message what failed and what to do
 */
public record LogFailure(String log, String message) {
}
