package io.onedump.artifact;

/** What a failure has come from in the end. */
public final class RootCause {

    private RootCause() {
    }

    /** The last of its causes, or itself when it has none. */
    public static Throwable of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
