package io.onedump.job;

/**
 * A step that failed for good.
 *
 * @param step    the step's id in its route
 * @param message what failed, why and what to do, without any secret
 */
public record StepFailure(String step, String message, ExitCode exitCode) {
}
