package io.onedump.drill.scratch;

import java.io.IOException;

/** There is no server that a drill could use; the message says why and what to do. */
public class ScratchException extends IOException {

    public ScratchException(String message) {
        super(message);
    }

    public ScratchException(String message, Throwable cause) {
        super(message, cause);
    }
}
