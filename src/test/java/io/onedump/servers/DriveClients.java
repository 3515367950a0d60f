package io.onedump.servers;

import java.util.Collection;

import com.google.api.client.auth.oauth2.BearerToken;
import com.google.api.client.auth.oauth2.ClientParametersAuthentication;
import com.google.api.client.auth.oauth2.Credential;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import org.apache.camel.CamelContext;
import org.apache.camel.component.google.drive.BatchGoogleDriveClientFactory;
import org.apache.camel.component.google.drive.GoogleDriveClientFactory;

/**
 * Google's own clients with their root led to a {@link FakeDrive}, for the option {@code clientFactory}.
 *
 * @param endpoint the server's
 */
public record DriveClients(String endpoint) implements GoogleDriveClientFactory {

    /** A client that renews its token when that is refused. */
    @Override
    public Drive makeClient(String clientId, String clientSecret, Collection<String> scopes, String applicationName,
            String refreshToken, String accessToken) {
        NetHttpTransport transport = new NetHttpTransport();
        Credential credential = new Credential.Builder(BearerToken.authorizationHeaderAccessMethod())
                .setTransport(transport).setJsonFactory(GsonFactory.getDefaultInstance())
                .setTokenServerUrl(new GenericUrl(endpoint + DriveTokens.PATH))
                .setClientAuthentication(new ClientParametersAuthentication(clientId, clientSecret)).build();
        credential.setAccessToken(accessToken);
        if (refreshToken != null) {
            credential.setRefreshToken(refreshToken);
        }
        return client(transport, credential, applicationName);
    }

    @Override
    public Drive makeClient(CamelContext context, String serviceAccountKey, Collection<String> scopes,
            String applicationName, String delegate) {
        Drive google = new BatchGoogleDriveClientFactory()
                .makeClient(context, serviceAccountKey, scopes, applicationName, delegate);
        return client(google.getRequestFactory().getTransport(), google.getRequestFactory().getInitializer(),
                applicationName);
    }

    private Drive client(HttpTransport transport, HttpRequestInitializer initializer, String applicationName) {
        return new Drive.Builder(transport, GsonFactory.getDefaultInstance(), initializer)
                .setRootUrl(endpoint + "/").setApplicationName(applicationName).build();
    }
}
