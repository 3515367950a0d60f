package io.onedump.encrypt.age;

/** What is sealed may be good: the identity or the passphrase that opens it is not among those that were given. */
public final class IdentityException extends SealException {

    private static final long serialVersionUID = 1L;

    public IdentityException(String message, Throwable cause) {
        super(message, cause);
    }
}
