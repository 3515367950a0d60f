package io.onedump.artifact;

import java.io.IOException;

/**
 * The step that writes an artifact failed: a dumper died, its trailer is missing, the work folder is full. Every reader
 * of the artifact gets it, so that none takes half an artifact for a whole one.
 */
public class ProducerFailedException extends IOException {

    public ProducerFailedException(String message) {
        super(message);
    }

    public ProducerFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
