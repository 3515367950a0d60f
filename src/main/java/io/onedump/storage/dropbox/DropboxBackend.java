package io.onedump.storage.dropbox;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.dropbox.core.DbxRequestConfig;
import com.dropbox.core.http.HttpRequestor;
import com.dropbox.core.http.StandardHttpRequestor;
import com.dropbox.core.oauth.DbxCredential;
import com.dropbox.core.v2.DbxClientV2;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.ContextThreads;
import io.onedump.storage.Backend;
import io.onedump.storage.ServerTimeouts;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageConfiguration;
import org.apache.camel.Component;
import org.apache.camel.component.dropbox.DropboxComponent;
import org.apache.camel.component.dropbox.DropboxConfiguration;
import org.apache.camel.component.dropbox.DropboxEndpoint;

/** Reads tokens and folder from a {@code dropbox:} endpoint, or takes the client it was given. */
public record DropboxBackend(DbxClientV2 client, String folder, DropboxOptions options) implements Backend {

    private static final String CLIENT_IDENTIFIER = "onedump";

    /**
     * The endpoint is made without its component, which insists on a refresh token and an access token both, and on a
     * client identifier.
     */
    public static DropboxBackend of(Component component, String uri, Map<String, Object> parameters,
            StorageConfiguration storage) {
        DropboxConfiguration delegate = new DropboxConfiguration();
        new DropboxEndpoint(uri, (DropboxComponent) component, delegate).configureProperties(parameters);
        String folder = delegate.getRemotePath() == null ? "" : delegate.getRemotePath().replaceAll("^/+|/+$", "");
        DropboxOptions options = new DropboxOptions(storage.getVerify(), storage.getChunkSize(), Backoff.DEFAULT,
                storage.timeouts(), ContextThreads.of(component.getCamelContext()));
        return new DropboxBackend(client(delegate, options.timeouts()), folder, options);
    }

    /** Dropbox keeps how a name was written, and finds it in any way of writing. */
    @Override
    public boolean tellsCapitals() {
        return false;
    }

    @Override
    public Storage open() {
        return new DropboxStorage(client, folder, options);
    }

    private static DbxClientV2 client(DropboxConfiguration delegate, ServerTimeouts timeouts) {
        if (delegate.getClient() != null) {
            return delegate.getClient();
        }
        String identifier =
                delegate.getClientIdentifier() == null ? CLIENT_IDENTIFIER : delegate.getClientIdentifier();
        HttpRequestor requestor = new StandardHttpRequestor(StandardHttpRequestor.Config.builder()
                .withConnectTimeout(timeouts.connectMillis(), TimeUnit.MILLISECONDS)
                .withReadTimeout(timeouts.answerMillis(), TimeUnit.MILLISECONDS).build());
        return new DbxClientV2(DbxRequestConfig.newBuilder(identifier).withHttpRequestor(requestor).build(),
                credential(delegate));
    }

    private static DbxCredential credential(DropboxConfiguration delegate) {
        if (delegate.getRefreshToken() != null) {
            require(delegate.getApiKey(), "apiKey");
            require(delegate.getApiSecret(), "apiSecret");
            // An access token that has expired long ago: the first request gets a new one.
            return new DbxCredential("", 0L, delegate.getRefreshToken(), delegate.getApiKey(), delegate.getApiSecret());
        }
        if (delegate.getAccessToken() == null) {
            throw new IllegalArgumentException("option accessToken: it is missing; set it, or refreshToken with apiKey"
                    + " and apiSecret");
        }
        return new DbxCredential(delegate.getAccessToken());
    }

    private static void require(String value, String option) {
        if (value == null) {
            throw new IllegalArgumentException("option " + option + ": it is missing; refreshToken needs it");
        }
    }
}
