package io.onedump.slowlog;

import io.onedump.artifact.ProducerFailedException;

/** A slow log could not be read, or not to its end. */
public class SlowLogException extends ProducerFailedException {

    public SlowLogException(String message) {
        super(message);
    }

    public SlowLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
