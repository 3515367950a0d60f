package io.onedump.restore.choice;

import java.io.IOException;

/** A restore that cannot be done as asked, or that failed; the message says what to do. */
public class RestoreException extends IOException {

    public RestoreException(String message) {
        super(message);
    }

    public RestoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
