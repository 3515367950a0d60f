package io.onedump.storage;

/** What a storage holds is not what was sent. It was removed; sending it again may succeed. */
public class VerificationException extends TransientStorageException {

    private VerificationException(String message) {
        super(message, null);
    }

    public static VerificationException size(String storage, String path, long actual, long expected) {
        return new VerificationException("storage " + storage + ": " + path + " arrived with " + actual
                + " bytes instead of " + expected + " and was removed");
    }

    /** @param actual with the name of the digest in front */
    public static VerificationException digest(String storage, String path, String actual, String expected) {
        return new VerificationException("storage " + storage + ": " + path + " arrived damaged, with " + actual
                + " instead of " + expected + ", and was removed");
    }
}
