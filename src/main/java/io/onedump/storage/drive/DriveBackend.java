package io.onedump.storage.drive;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

import com.google.api.client.http.HttpResponseException;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.DriveScopes;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.LocalNeeds.Lack;
import io.onedump.storage.Backend;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageConfiguration;
import io.onedump.storage.StorageException;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.component.google.drive.BatchGoogleDriveClientFactory;
import org.apache.camel.component.google.drive.GoogleDriveClientFactory;
import org.apache.camel.component.google.drive.GoogleDriveComponent;
import org.apache.camel.component.google.drive.GoogleDriveConfiguration;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.ResourceHelper;

/**
 * Reads the credentials of a {@code google-drive:} endpoint. The endpoint itself is not made: it would ask Google for a
 * token at once, and its component has one client for all endpoints, whatever their credentials.
 */
public final class DriveBackend implements Backend {

    private final CamelContext context;
    private final GoogleDriveConfiguration configuration;
    private final GoogleDriveClientFactory factory;
    private final String folderId;
    private final DriveOptions options;
    private Drive drive;

    private DriveBackend(CamelContext context, GoogleDriveConfiguration configuration, GoogleDriveClientFactory factory,
            String folderId, DriveOptions options) {
        this.context = context;
        this.configuration = configuration;
        this.factory = factory;
        this.folderId = folderId;
        this.options = options;
    }

    public static DriveBackend of(Component component, Map<String, Object> parameters, StorageConfiguration storage) {
        GoogleDriveComponent google = (GoogleDriveComponent) component;
        CamelContext context = component.getCamelContext();
        Settings settings = new Settings();
        if (google.getConfiguration() != null) {
            settings.copy(google.getConfiguration());
        }
        PropertyBindingSupport.build().withIgnoreCase(true).bind(context, settings, parameters);
        settings.check();
        GoogleDriveClientFactory factory =
                settings.getClientFactory() == null ? factory(google) : settings.getClientFactory();
        return new DriveBackend(context, settings, factory, storage.getFolderId(),
                new DriveOptions(storage.getVerify(), storage.getChunkSize(), Backoff.DEFAULT, storage.timeouts(),
                        ContextThreads.of(context)));
    }

    @Override
    public Storage open() throws IOException {
        return new DriveStorage(drive(), folderId, options);
    }

    @Override
    public List<Lack> lacks() {
        String key = configuration.getServiceAccountKey();
        try (InputStream in = key == null ? null : ResourceHelper.resolveMandatoryResourceAsInputStream(context, key)) {
            return List.of();
        } catch (IOException e) {
            return List.of(new Lack("serviceAccountKey",
                    "there is no such file here; it must lead to the JSON file that Google"
                            + " gave out, such as file:/etc/onedump/google.json",
                    true));
        }
    }

    /** A service account's key is exchanged for a token here, at the first use. */
    private synchronized Drive drive() throws IOException {
        if (drive == null) {
            try {
                drive = new DriveRequests(options.backoff(), false).send(this::logIn);
            } catch (IOException e) {
                throw DriveFailure.ofLogin("google-drive:" + folderId, e);
            }
        }
        return drive;
    }

    /** The component's factory hides what Google answered. */
    private Drive logIn() throws IOException {
        try {
            return make();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof HttpResponseException || cause instanceof SocketException
                        || cause instanceof SocketTimeoutException || cause instanceof UnknownHostException) {
                    throw (IOException) cause;
                }
            }
            throw new StorageException("storage google-drive:" + folderId + ": cannot read the service account's key: "
                    + root(e).getMessage() + "; serviceAccountKey must lead to the JSON file that Google gave out", e);
        }
    }

    private static Throwable root(Throwable e) {
        return e.getCause() == null ? e : root(e.getCause());
    }

    private Drive make() {
        String application =
                configuration.getApplicationName() == null ? "onedump" : configuration.getApplicationName();
        String scopes = configuration.getScopes() == null ? DriveScopes.DRIVE : configuration.getScopes();
        configuration.setScopes(scopes);
        return configuration.getServiceAccountKey() == null
                ? factory.makeClient(configuration.getClientId(), configuration.getClientSecret(),
                        configuration.getScopesAsList(), application, configuration.getRefreshToken(),
                        configuration.getAccessToken())
                : factory.makeClient(context, configuration.getServiceAccountKey(), configuration.getScopesAsList(),
                        application, configuration.getDelegate());
    }

    private static GoogleDriveClientFactory factory(GoogleDriveComponent component) {
        return component.getProxyHost() == null || component.getProxyPort() == null
                ? component.getClientFactory()
                : new BatchGoogleDriveClientFactory(component.getProxyHost(), component.getProxyPort());
    }

    /** The component's options with the endpoint's own. */
    public static final class Settings extends GoogleDriveConfiguration {

        private GoogleDriveClientFactory clientFactory;

        public GoogleDriveClientFactory getClientFactory() {
            return clientFactory;
        }

        public void setClientFactory(GoogleDriveClientFactory clientFactory) {
            this.clientFactory = clientFactory;
        }

        void copy(GoogleDriveConfiguration other) {
            setScopes(other.getScopes());
            setClientId(other.getClientId());
            setClientSecret(other.getClientSecret());
            setAccessToken(other.getAccessToken());
            setRefreshToken(other.getRefreshToken());
            setApplicationName(other.getApplicationName());
            setServiceAccountKey(other.getServiceAccountKey());
            setDelegate(other.getDelegate());
        }

        void check() {
            if (getServiceAccountKey() == null && (getClientId() == null || getClientSecret() == null)) {
                throw new IllegalArgumentException("storage:google-drive: serviceAccountKey, or clientId and"
                        + " clientSecret"
                        + " with refreshToken, are missing");
            }
        }
    }
}
