package io.onedump.encrypt.age;

import java.io.IOException;

/** What is sealed cannot be opened: it is damaged, cut off, or no such file; the message says which. */
public class SealException extends IOException {

    private static final long serialVersionUID = 1L;

    public SealException(String message) {
        super(message);
    }

    public SealException(String message, Throwable cause) {
        super(message, cause);
    }
}
