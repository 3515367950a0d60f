package io.onedump.servers;

import java.io.IOException;
import java.net.HttpURLConnection;

import com.dropbox.core.DbxRequestConfig;
import com.dropbox.core.http.HttpRequestor;
import com.dropbox.core.http.StandardHttpRequestor;
import com.dropbox.core.oauth.DbxCredential;
import com.dropbox.core.v2.DbxClientV2;

/**
 * The SDK's own clients with their requests led to a {@link FakeDropbox}, for the component's option {@code client}.
 */
public final class DropboxClients {

    private DropboxClients() {
    }

    /** A client whose token has expired, so that it renews it first. */
    public static DbxClientV2 refreshing(String endpoint) {
        return new DbxClientV2(config(endpoint), new DbxCredential("expired", 0L, CloudServer.REFRESH_TOKEN,
                CloudServer.CLIENT_ID, CloudServer.CLIENT_SECRET));
    }

    /** A client that has nothing to renew its token with. */
    public static DbxClientV2 withToken(String endpoint, String token) {
        return new DbxClientV2(config(endpoint), token);
    }

    private static DbxRequestConfig config(String endpoint) {
        return DbxRequestConfig.newBuilder("onedump-test").withHttpRequestor(new Redirected(endpoint)).build();
    }

    /** The SDK knows hosts without ports and with TLS only. */
    private static final class Redirected extends StandardHttpRequestor {

        private final String base;

        Redirected(String base) {
            super(Config.DEFAULT_INSTANCE);
            this.base = base;
        }

        @Override
        protected HttpURLConnection prepRequest(String url, Iterable<HttpRequestor.Header> headers, boolean streaming)
                throws IOException {
            return super.prepRequest(url.replaceFirst("https://[^/]*", base), headers, streaming);
        }
    }
}
