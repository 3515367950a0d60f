package io.onedump.app.cli;

/**
 * How a command ended.
 *
 * @param output  what it printed on standard output
 * @param errors  what it printed on standard error
 * @param seconds from start to end
 */
record Outcome(int exitCode, String output, String errors, double seconds) {

    String everything() {
        return output + errors;
    }
}
