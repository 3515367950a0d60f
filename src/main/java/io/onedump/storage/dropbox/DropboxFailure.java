package io.onedump.storage.dropbox;

import java.time.Duration;
import java.util.regex.Pattern;

import com.dropbox.core.BadResponseException;
import com.dropbox.core.DbxApiException;
import com.dropbox.core.DbxException;
import com.dropbox.core.InvalidAccessTokenException;
import com.dropbox.core.NetworkIOException;
import com.dropbox.core.RetryException;
import com.dropbox.core.ServerException;
import com.dropbox.core.oauth.DbxOAuthException;
import io.onedump.storage.Silence;
import io.onedump.storage.StorageException;
import io.onedump.storage.TransientStorageException;

/**
 * What Dropbox's errors mean for the one who has to do something about them, after
 * <a href="https://www.dropbox.com/developers/documentation/http/documentation#error-handling">its error handling</a>.
 */
final class DropboxFailure {

    private static final Pattern UNKNOWN = Pattern.compile("\"other\"|: OTHER\\b");

    private DropboxFailure() {
    }

    static StorageException of(DropboxStorage storage, String action, String path, DbxException e) {
        String what = "storage " + storage + ": cannot " + action + " " + path + ": ";
        return isTransient(e)
                ? new TransientStorageException(what + cause(e) + e.getMessage(), e)
                : new StorageException(what + reason(e), e);
    }

    /** Everything but a clear refusal. */
    static boolean isTransient(DbxException e) {
        return e instanceof RetryException || e instanceof ServerException || e instanceof NetworkIOException
                || e instanceof BadResponseException || isUnknown(e) || isBusy(e);
    }

    /** That it is an error of a kind that the SDK does not know: it tells only that it is another one. */
    static boolean isUnknown(DbxException e) {
        return e instanceof DbxApiException && UNKNOWN.matcher(String.valueOf(e.getMessage())).find();
    }

    private static boolean isBusy(DbxException e) {
        return e instanceof DbxApiException && String.valueOf(e.getMessage()).contains("too_many_write_operations");
    }

    private static String cause(DbxException e) {
        if (Silence.isCauseOf(e)) {
            return "the server has not answered in time: ";
        }
        if (e instanceof NetworkIOException) {
            return "the server cannot be reached: ";
        }
        return e instanceof BadResponseException
                ? "the server's answer cannot be understood: "
                : "the server answered: ";
    }

    /** What the server asked for, null for nothing. */
    static Duration retryAfter(DbxException e) {
        return e instanceof RetryException retry && retry.getBackoffMillis() > 0
                ? Duration.ofMillis(retry.getBackoffMillis())
                : null;
    }

    private static String reason(DbxException e) {
        if (e instanceof InvalidAccessTokenException || e instanceof DbxOAuthException) {
            return "the token was refused; renew accessToken, or set refreshToken with apiKey and apiSecret";
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("insufficient_space")) {
            return "the Dropbox is full; free some space or keep fewer artifacts there";
        }
        if (message.contains("no_write_permission")) {
            return "no write permission for that folder; the app needs the scope files.content.write";
        }
        if (message.contains("malformed_path") || message.contains("disallowed_name")) {
            return "Dropbox does not allow that name";
        }
        return "the server answered: " + message;
    }
}
