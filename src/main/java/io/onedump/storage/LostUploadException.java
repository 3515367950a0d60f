package io.onedump.storage;

import java.io.IOException;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.CleanLog;
import org.slf4j.Logger;

/** The server has lost what was sent of an artifact, which has to be sent again from its beginning. */
public final class LostUploadException extends IOException {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = CleanLog.of(LostUploadException.class);
    private static final int MOST_UPLOADS = 3;

    public LostUploadException(String message, Exception cause) {
        super(message, cause);
    }

    /** One try at a put, from the artifact's beginning. */
    @FunctionalInterface
    public interface Upload {

        /** @throws LostUploadException when another try may succeed */
        Receipt send(Artifact artifact) throws IOException;
    }

    /**
     * Begins anew each time that the server has lost what was sent, as far as the artifact can be read again.
     *
     * @throws TransientStorageException when that did not help, or cannot be done
     */
    public static Receipt retry(Storage storage, String path, Artifact artifact, Upload upload) throws IOException {
        for (int begun = 1;; begun++) {
            try {
                return upload.send(artifact);
            } catch (LostUploadException e) {
                if (begun == MOST_UPLOADS || !artifact.repeatable()) {
                    throw new TransientStorageException("storage " + storage + ": cannot write " + path
                            + ": the server has lost what was sent: " + e.getMessage(), e);
                }
                LOG.warn("storage {}: the server has lost what was sent of {}: {}; beginning anew", storage, path,
                        e.getMessage());
            }
        }
    }
}
