package io.onedump.artifact;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** A failure as a log may show it: where it came from, with all messages clean. */
public final class CleanFailure extends Throwable {

    private static final long serialVersionUID = 1L;

    private final String text;

    private CleanFailure(Throwable original, Set<Throwable> seen) {
        super();
        String said = original.getMessage();
        this.text =
                original.getClass().getName() + (said == null ? "" : ": " + CleanText.of(KnownSecrets.masked(said)));
        setStackTrace(original.getStackTrace());
        Throwable cause = original.getCause();
        if (cause != null && seen.add(cause)) {
            initCause(new CleanFailure(cause, seen));
        }
        for (Throwable suppressed : original.getSuppressed()) {
            if (seen.add(suppressed)) {
                addSuppressed(new CleanFailure(suppressed, seen));
            }
        }
    }

    public static Throwable of(Throwable original) {
        if (original == null || original instanceof CleanFailure) {
            return original;
        }
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.add(original);
        return new CleanFailure(original, seen);
    }

    /** The original's class and message. */
    @Override
    public String toString() {
        return text;
    }
}
