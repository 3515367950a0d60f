package io.onedump.storage.drive;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import io.onedump.storage.Silence;
import io.onedump.storage.UnexpectedAnswerException;
import org.slf4j.Logger;

/**
 * Sends a request again when Google Drive is busy or out of reach: its client does not.
 *
 * @param renews whether the client gets new access tokens by itself; one that is refused then says that it could not
 */
record DriveRequests(Backoff backoff, boolean renews) {

    private static final Logger LOG = CleanLog.of(DriveRequests.class);

    /** A request that may be sent several times. */
    interface Request<T> {
        T send() throws IOException;
    }

    <T> T send(Request<T> request) throws IOException {
        int silences = 0;
        for (int failures = 1;; failures++) {
            try {
                return once(request);
            } catch (IOException e) {
                silences += Silence.mayBeCauseOf(e) ? 1 : 0;
                if (!mayHelp(e) || failures == backoff.attempts() || silences == Silence.ATTEMPTS) {
                    throw e;
                }
                LOG.debug("google-drive: {}; trying again", e.getMessage());
                backoff.pause(failures, DriveFailure.retryAfter(e));
            }
        }
    }

    /** With the failures of a client that makes nothing of an answer. */
    static <T> T once(Request<T> request) throws IOException {
        try {
            return request.send();
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UnexpectedAnswerException(e);
        }
    }

    /** Whether trying again may help. */
    boolean mayHelp(IOException e) {
        return DriveFailure.isTransient(e) || renews && DriveFailure.isUnauthorized(e);
    }
}
