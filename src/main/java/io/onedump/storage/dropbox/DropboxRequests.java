package io.onedump.storage.dropbox;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.dropbox.core.DbxException;
import com.dropbox.core.InvalidAccessTokenException;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import io.onedump.storage.Silence;
import io.onedump.storage.UnexpectedAnswerException;
import org.slf4j.Logger;

/**
 * Sends a request again when Dropbox is busy or out of reach, or when the token has expired meanwhile: the SDK itself
 * does so for some requests only.
 */
record DropboxRequests(Backoff backoff, Renewal renewal) {

    private static final Logger LOG = CleanLog.of(DropboxRequests.class);

    /** A request that may be sent several times. */
    interface Request<T> {
        T send() throws DbxException, IOException;
    }

    /** Gets a new access token. */
    interface Renewal {

        /** Whether there is a new one now. */
        boolean renew() throws DbxException;
    }

    <T> T send(Request<T> request) throws DbxException, IOException {
        boolean renewed = false;
        int silences = 0;
        for (int failures = 1;; failures++) {
            try {
                return request.send();
            } catch (InvalidAccessTokenException e) {
                if (renewed || !renew()) {
                    throw e;
                }
                renewed = true;
            } catch (DbxException e) {
                silences += Silence.isCauseOf(e) ? 1 : 0;
                if (!DropboxFailure.isTransient(e) || failures == backoff.attempts() || silences == Silence.ATTEMPTS) {
                    throw e;
                }
                LOG.debug("dropbox: {}; trying again", e.getMessage());
                backoff.pause(failures, DropboxFailure.retryAfter(e));
                // Of an error that the SDK does not know it hides the name; it may be an expired token.
                renewed = renewed || DropboxFailure.isUnknown(e) && renew();
            } catch (UncheckedIOException e) {
                throw e;
            } catch (RuntimeException e) {
                if (++silences == Silence.ATTEMPTS || failures == backoff.attempts()) {
                    throw new UnexpectedAnswerException(e);
                }
                backoff.pause(failures, null);
            }
        }
    }

    private boolean renew() throws DbxException {
        try {
            return renewal.renew();
        } catch (DbxException e) {
            if (DropboxFailure.isTransient(e)) {
                throw e;
            }
            LOG.debug("dropbox: there is no new token: {}", e.getMessage());
            return false;
        }
    }
}
