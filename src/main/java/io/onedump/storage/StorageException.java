package io.onedump.storage;

import java.io.IOException;

/** A storage cannot do what was asked, and asking again will not help. The message holds no secret. */
public class StorageException extends IOException {

    public StorageException(String message) {
        super(message);
    }

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
