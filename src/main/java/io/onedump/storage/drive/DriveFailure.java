package io.onedump.storage.drive;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

import com.google.api.client.auth.oauth2.TokenResponseException;
import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import io.onedump.storage.StorageException;
import io.onedump.storage.TransientStorageException;

/**
 * What Google Drive's errors mean for the one who has to do something about them, after
 * <a href="https://developers.google.com/workspace/drive/api/guides/handle-errors">its list of errors</a>.
 */
final class DriveFailure {

    private static final Set<String> BUSY =
            Set.of("rateLimitExceeded", "userRateLimitExceeded", "sharingRateLimitExceeded", "backendError");

    private DriveFailure() {
    }

    static StorageException of(DriveStorage storage, String action, String path, IOException e) {
        if (e instanceof StorageException known) {
            return known;
        }
        String what = "storage " + storage + ": cannot " + action + " " + path + ": ";
        if (!(e instanceof HttpResponseException)) {
            return new TransientStorageException(what + "the server cannot be reached: " + e.getMessage(), e);
        }
        HttpResponseException answer = (HttpResponseException) e;
        return isTransient(e) ? new TransientStorageException(what + said(answer), e)
                : new StorageException(what + reason(answer), e);
    }

    /** Everything but a clear refusal. */
    static boolean isTransient(IOException e) {
        if (e instanceof StorageException) {
            return e instanceof TransientStorageException;
        }
        if (!(e instanceof HttpResponseException)) {
            return true;
        }
        HttpResponseException answer = (HttpResponseException) e;
        int status = answer.getStatusCode();
        return status >= 500 || status == 429 || status == 408 || BUSY.contains(code(answer));
    }

    /** What the server asked for, null for nothing. */
    static Duration retryAfter(IOException e) {
        HttpHeaders headers = e instanceof HttpResponseException answer ? answer.getHeaders() : null;
        String seconds = headers == null ? null : headers.getRetryAfter();
        return seconds == null || !seconds.matches("\\d{1,6}") ? null : Duration.ofSeconds(Long.parseLong(seconds));
    }

    private static String reason(HttpResponseException e) {
        if (e instanceof TokenResponseException || e.getStatusCode() == 401) {
            return "the credentials were refused; renew the refresh token, or check the service account's key";
        }
        return switch (code(e)) {
            case "storageQuotaExceeded" -> "the Drive is full, or belongs to a service account, which has no space of its"
                    + " own; use a shared drive, or let it act for a user by the option delegate";
            case "insufficientFilePermissions", "insufficientPermissions", "forbidden" ->
                "access denied; share the folder with the account, as an editor, and allow the scope"
                        + " https://www.googleapis.com/auth/drive";
            case "notFound" -> "there is no such folder; check folderId, and that the folder is shared with the account";
            default -> said(e);
        };
    }

    private static String said(HttpResponseException e) {
        String message = e instanceof GoogleJsonResponseException json && json.getDetails() != null
                ? json.getDetails().getMessage() : e.getStatusMessage();
        return "the server answered " + e.getStatusCode() + (message == null ? "" : " " + message);
    }

    private static String code(HttpResponseException e) {
        GoogleJsonError details = e instanceof GoogleJsonResponseException json ? json.getDetails() : null;
        return details == null || details.getErrors() == null || details.getErrors().isEmpty()
                ? "" : String.valueOf(details.getErrors().get(0).getReason());
    }
}
