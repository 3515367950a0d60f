package io.onedump.sync.source;

import io.onedump.artifact.ProducerFailedException;

/** A file was written to while it was sent, so that what was sent may be neither its old nor its new content. */
public final class SourceChangedException extends ProducerFailedException {

    SourceChangedException(SourceFile file) {
        super(file.file() + " changed while it was read; it is sent again, but what writes to it all the time cannot be"
                + " copied: take a snapshot or stop the writer");
    }
}
