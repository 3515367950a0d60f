package io.onedump.storage;

import java.io.IOException;

/** What a server answered fits neither its protocol nor what it said before. */
public final class UnexpectedAnswerException extends IOException {

    private static final String WHAT = "the server does not keep to its protocol: ";
    private static final String WAY_OUT = "; check that the address is the right one and no proxy answers in its place";

    /** @param what is wrong with it */
    public UnexpectedAnswerException(String what) {
        super(WHAT + what + WAY_OUT);
    }

    /** @param failure what the client broke with */
    public UnexpectedAnswerException(RuntimeException failure) {
        super(WHAT + "its answer cannot be understood: " + root(failure) + WAY_OUT, failure);
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
