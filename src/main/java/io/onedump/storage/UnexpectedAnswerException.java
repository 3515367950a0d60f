package io.onedump.storage;

import java.io.IOException;

/** What a server answered fits neither its protocol nor what it said before. */
public final class UnexpectedAnswerException extends IOException {

    private static final String WAY_OUT = "; check that the address is the right one and no proxy answers in its place";

    private final boolean permanent;

    /** @param what is wrong with a whole answer */
    public UnexpectedAnswerException(String what) {
        super("the server does not keep to its protocol: " + what + WAY_OUT);
        permanent = true;
    }

    /** @param failure what the client broke with; the answer may have been cut off */
    public UnexpectedAnswerException(RuntimeException failure) {
        super("the server's answer cannot be understood" + detail(failure) + WAY_OUT, failure);
        permanent = false;
    }

    /** Whether asking again is of no use. */
    public boolean permanent() {
        return permanent;
    }

    /** As the failure of a storage. */
    public StorageException in(String storage, String action, String path) {
        String message = "storage " + storage + ": cannot " + action + " " + path + ": " + getMessage();
        return permanent ? new StorageException(message, this) : new TransientStorageException(message, this);
    }

    private static String detail(RuntimeException failure) {
        return failure instanceof IllegalArgumentException && failure.getMessage() != null
                ? ": " + failure.getMessage()
                : "";
    }
}
