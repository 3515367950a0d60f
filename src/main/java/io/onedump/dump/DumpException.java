package io.onedump.dump;

import io.onedump.artifact.ProducerFailedException;

/** A dump failed; what came of it is not whole and must not be kept. */
public class DumpException extends ProducerFailedException {

    public DumpException(String message) {
        super(message);
    }

    public DumpException(String message, Throwable cause) {
        super(message, cause);
    }
}
