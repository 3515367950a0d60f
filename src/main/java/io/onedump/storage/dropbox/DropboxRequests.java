package io.onedump.storage.dropbox;

import java.io.IOException;

import com.dropbox.core.DbxException;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import org.slf4j.Logger;

/** Sends a request again when Dropbox is busy or out of reach: the SDK itself does not, unless told. */
record DropboxRequests(Backoff backoff) {

    private static final Logger LOG = CleanLog.of(DropboxRequests.class);

    /** A request that may be sent several times. */
    interface Request<T> {
        T send() throws DbxException, IOException;
    }

    <T> T send(Request<T> request) throws DbxException, IOException {
        for (int failures = 1;; failures++) {
            try {
                return request.send();
            } catch (DbxException e) {
                if (!DropboxFailure.isTransient(e) || failures == backoff.attempts()) {
                    throw e;
                }
                LOG.debug("dropbox: {}; trying again", e.getMessage());
                backoff.pause(failures, DropboxFailure.retryAfter(e));
            }
        }
    }
}
