package io.onedump.storage.drive;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

import com.google.api.client.auth.oauth2.TokenErrorResponse;
import com.google.api.client.auth.oauth2.TokenResponseException;
import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import com.google.api.services.drive.DriveScopes;
import io.onedump.storage.Silence;
import io.onedump.storage.StorageException;
import io.onedump.storage.TransientStorageException;
import io.onedump.storage.UnexpectedAnswerException;

/**
 * What Google Drive's errors mean for the one who has to do something about them, after
 * <a href="https://developers.google.com/workspace/drive/api/guides/handle-errors">its list of errors</a>.
 */
final class DriveFailure {

    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final Set<String> BUSY =
            Set.of("rateLimitExceeded", "userRateLimitExceeded", "sharingRateLimitExceeded", "backendError");

    private DriveFailure() {
    }

    static StorageException of(String storage, String action, String path, IOException e) {
        return of("storage " + storage + ": cannot " + action + " " + path + ": ", e);
    }

    static StorageException ofLogin(String storage, IOException e) {
        return of("storage " + storage + ": cannot log in: ", e);
    }

    private static StorageException of(String what, IOException e) {
        if (e instanceof StorageException known) {
            return known;
        }
        if (e instanceof UnexpectedAnswerException unexpected) {
            return unexpected.permanent()
                    ? new StorageException(what + e.getMessage(), e)
                    : new TransientStorageException(what + e.getMessage(), e);
        }
        if (!(e instanceof HttpResponseException)) {
            return new TransientStorageException(what + cause(e) + e.getMessage(), e);
        }
        HttpResponseException answer = (HttpResponseException) e;
        return isTransient(e)
                ? new TransientStorageException(what + said(answer), e)
                : new StorageException(what + reason(answer), e);
    }

    /** Everything but a clear refusal. */
    static boolean isTransient(IOException e) {
        if (e instanceof StorageException) {
            return e instanceof TransientStorageException;
        }
        if (e instanceof UnexpectedAnswerException unexpected) {
            return !unexpected.permanent();
        }
        if (!(e instanceof HttpResponseException)) {
            return true;
        }
        HttpResponseException answer = (HttpResponseException) e;
        int status = answer.getStatusCode();
        return status >= 500 || status == 429 || status == 408 || BUSY.contains(code(answer));
    }

    /** That the account may do something else with the file, though not this. */
    static boolean isForbidden(HttpResponseException e) {
        return code(e).equals("insufficientFilePermissions");
    }

    /** What the server asked for, null for nothing. */
    static Duration retryAfter(IOException e) {
        HttpHeaders headers = e instanceof HttpResponseException answer ? answer.getHeaders() : null;
        String seconds = headers == null ? null : headers.getRetryAfter();
        return seconds == null || !seconds.matches("\\d{1,6}") ? null : Duration.ofSeconds(Long.parseLong(seconds));
    }

    private static String cause(IOException e) {
        if (Silence.isCauseOf(e)) {
            return "the server has not answered in time: ";
        }
        // Each library for JSON has exceptions of its own, and the client may be made with any.
        return e.getClass().getName().contains("Json")
                ? "the server's answer cannot be understood: "
                : "the server cannot be reached: ";
    }

    /** That an upload is known to the server no more. */
    static boolean isLost(IOException e) {
        return e instanceof HttpResponseException answer
                && (answer.getStatusCode() == NOT_FOUND || answer.getStatusCode() == GONE);
    }

    /** That the access token was refused; by then the client has renewed it if it can. */
    static boolean isUnauthorized(IOException e) {
        return e instanceof HttpResponseException answer && !(e instanceof TokenResponseException)
                && answer.getStatusCode() == UNAUTHORIZED;
    }

    private static String reason(HttpResponseException e) {
        if (e instanceof TokenResponseException token) {
            return reason(token);
        }
        if (e.getStatusCode() == UNAUTHORIZED) {
            return "the access token was refused; set refreshToken or serviceAccountKey, of which new ones are made";
        }
        return switch (code(e)) {
            case "storageQuotaExceeded" -> "the Drive is full, or belongs to a service account, which has no space"
                    + " of its"
                    + " own; use a shared drive, or let it act for a user by the option delegate";
            case "insufficientFilePermissions", "forbidden" -> "access denied; share the folder with the account, as an"
                    + " editor, or make the account a content manager of the shared drive";
            case "insufficientPermissions" ->
                "the option scopes, or the refresh token, does not allow that; allow the scope " + DriveScopes.DRIVE;
            case "notFound" -> "there is no such folder; check folderId, and that the folder is shared with the"
                    + " account";
            default -> said(e);
        };
    }

    /** <a href="https://developers.google.com/identity/protocols/oauth2/service-account#error-codes">Its errors</a>. */
    private static String reason(TokenResponseException e) {
        TokenErrorResponse error = e.getDetails();
        // Java's client loses what came with a 401, so that it cannot be told which of the two it was.
        String code = error != null
                ? String.valueOf(error.getError())
                : e.getStatusCode() == UNAUTHORIZED ? "unauthorized_client" : "";
        String said =
                error == null || error.getErrorDescription() == null ? "" : " (" + error.getErrorDescription() + ")";
        return switch (code) {
            case "unauthorized_client", "access_denied", "invalid_client" -> "the client was refused" + said
                    + "; check clientId and clientSecret, or, for a service account with a delegate, allow its"
                    + " client ID the"
                    + " scope " + DriveScopes.DRIVE + " under domain-wide delegation in the Workspace's admin console";
            case "invalid_scope" -> "the option scopes was refused" + said + "; remove it, the default is "
                    + DriveScopes.DRIVE;
            default -> "the credentials were refused" + said + "; renew the refresh token, or the service account's"
                    + " key,"
                    + " and check this machine's clock";
        };
    }

    private static String said(HttpResponseException e) {
        String message = e instanceof GoogleJsonResponseException json && json.getDetails() != null
                ? json.getDetails().getMessage()
                : e.getStatusMessage();
        return "the server answered " + e.getStatusCode() + (message == null ? "" : " " + message);
    }

    private static String code(HttpResponseException e) {
        GoogleJsonError details = e instanceof GoogleJsonResponseException json ? json.getDetails() : null;
        return details == null || details.getErrors() == null || details.getErrors().isEmpty()
                ? ""
                : String.valueOf(details.getErrors().get(0).getReason());
    }
}
