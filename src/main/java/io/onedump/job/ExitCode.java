package io.onedump.job;

/** What a run's outcome is to a shell; the numbers are part of the command's contract. */
public enum ExitCode {

    SUCCESS(0),
    /** Wrong configuration or arguments; nothing was started. */
    CONFIGURATION(1),
    /** A dump, binlog, slow-log or restore step failed. */
    PRODUCER(2),
    /** A storage failed. */
    STORAGE(3),
    /** The job succeeded, its notification did not, and {@code notify.failFast} is on. */
    NOTIFICATION(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Of two outcomes the one to report: where the bytes were never good, that is said first. */
    public ExitCode worse(ExitCode other) {
        if (this == SUCCESS || other == SUCCESS) {
            return this == SUCCESS ? other : this;
        }
        return code <= other.code ? this : other;
    }
}
