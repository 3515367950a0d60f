package io.onedump.restore.choice;

/** Is told how a restore goes on. Calls come from several threads, one at a time. */
public interface RestoreListener {

    /** For those who do not care. */
    RestoreListener NONE = new RestoreListener() {
    };

    /**
     * Rows have come in.
     *
     * @param bytes of SQL until now, {@code all} of them in the end
     */
    default void loaded(long bytes, long all, long rows) {
    }

    /** What is being done now, for people. */
    default void doing(String what) {
    }

    /** Of what is no failure, but that somebody should know. */
    default void noted(String message) {
    }
}
