package io.onedump.storage;

import java.net.SocketTimeoutException;

/** Tells a server that says nothing from one that fails: each new attempt costs the whole wait again. */
public final class Silence {

    /** How often a silent server is asked in all. */
    public static final int ATTEMPTS = 2;

    private Silence() {
    }

    /** Or of an answer that the client could make nothing of: it cannot be told from one that broke off in silence. */
    public static boolean mayBeCauseOf(Throwable failure) {
        return failure instanceof UnexpectedAnswerException || isCauseOf(failure);
    }

    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // Some parsers keep the message and not the cause of what broke off under them.
            if (cause instanceof SocketTimeoutException || String.valueOf(cause.getMessage()).endsWith("timed out")) {
                return true;
            }
        }
        return false;
    }
}
