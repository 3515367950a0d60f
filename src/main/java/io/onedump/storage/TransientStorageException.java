package io.onedump.storage;

/** A storage cannot do what was asked now: it is out of reach, busy or broke off. A later attempt may succeed. */
public class TransientStorageException extends StorageException {

    public TransientStorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
