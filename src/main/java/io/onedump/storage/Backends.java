package io.onedump.storage;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.secret.EndpointValues;
import io.onedump.storage.drive.DriveBackend;
import io.onedump.storage.dropbox.DropboxBackend;
import io.onedump.storage.file.FileBackend;
import io.onedump.storage.s3.S3Backend;
import io.onedump.storage.sftp.SftpBackend;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.util.URISupport;

/**
 * Chooses the backend for a delegate by the class of its component. Its endpoint is made for its configuration only and
 * never started: starting the S3 endpoint would ask S3 for its bucket, and fail the whole application while S3 is away.
 */
final class Backends {

    /** What has the schemes that storages are mostly written with; of any other nobody knows the jar's name. */
    private static final Map<String, String> DEPENDENCIES = Map.of("ftp", "ftp", "ftps", "ftp", "sftp", "ftp", "file",
            "file", "aws2-s3", "aws2-s3", "dropbox", "dropbox", "google-drive", "google-drive", "azure-storage-blob",
            "azure-storage-blob", "minio", "minio", "google-storage", "google-storage");

    /** The scheme and the account of a delegate. */
    private static final Pattern BEGIN = Pattern.compile("[^:]+:(//)?([^/@]*@)*");

    private Backends() {
    }

    /**
     * Touches a backend's class only when that is the one, so that nobody needs the jars of the others.
     *
     * @param own        the names of the options of storage itself that are given
     * @param parameters the delegate's options
     */
    static Backend create(CamelContext context, String delegate, Set<String> own, Map<String, Object> parameters,
            StorageConfiguration configuration) throws Exception {
        String scheme = delegate.contains(":") ? delegate.substring(0, delegate.indexOf(':')) : delegate;
        Component component = context.getComponent(scheme);
        if (component == null) {
            throw new IllegalArgumentException("option delegate: there is no Camel component '" + scheme
                    + "'; " + (DEPENDENCIES.containsKey(scheme)
                            ? "add the dependency org.apache.camel:camel-" + DEPENDENCIES.get(scheme)
                            : "correct the name, or add the dependency on Camel's component that has it"));
        }
        checkNames(context, scheme, parameters.keySet());
        DelegateOptions options = DelegateOptions.of(component);
        options.check(scheme, parameters);
        options.checkOwn(scheme, own);
        parameters.replaceAll((name, value) -> value instanceof String text && text.startsWith("RAW")
                ? EndpointValues.exactly(text)
                : value);
        String uri = EndpointHelper.normalizeEndpointUri(exactly(delegate));
        return switch (options) {
            case FILE -> FileBackend.of(component.createEndpoint(uri, parameters), configuration);
            case S3 -> S3Backend.of(component.createEndpoint(uri, parameters), configuration);
            case SFTP -> SftpBackend.of(component, uri, parameters, configuration);
            case DROPBOX -> DropboxBackend.of(component, uri, parameters, configuration);
            case GOOGLE_DRIVE -> DriveBackend.of(component, parameters, configuration);
            case OTHER -> new EndpointBackend(endpoint(context, delegate,
                    PutOnlyOptions.of(component, known(context, scheme), parameters)));
        };
    }

    /** Camel has decoded the delegate already; only in the name of an account it is usual to encode an at sign. */
    private static String exactly(String delegate) {
        Matcher begin = BEGIN.matcher(delegate);
        int path = begin.lookingAt() ? begin.end() : 0;
        return delegate.substring(0, path) + EndpointValues.exactlyInPath(delegate.substring(path));
    }

    /** A delegate without the password that it may contain. */
    static String shown(String delegate) {
        return URISupport.sanitizeUri("storage:" + delegate);
    }

    private static Endpoint endpoint(CamelContext context, String delegate, Map<String, Object> parameters) {
        return parameters.isEmpty() ? context.getEndpoint(delegate) : context.getEndpoint(delegate, parameters);
    }

    private static Set<String> known(CamelContext context, String scheme) {
        EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory(scheme);
        return factory == null ? Set.of() : factory.propertyNames();
    }

    /** Camel would check too, but its message shows the values, of which one may be a misspelt password. */
    private static void checkNames(CamelContext context, String scheme, Set<String> names) {
        EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory(scheme);
        if (factory == null || factory.isLenientProperties()) {
            return;
        }
        for (String name : names) {
            if (!factory.propertyNames().contains(name)
                    && factory.multiValuePrefixes().keySet().stream().noneMatch(name::startsWith)) {
                throw new IllegalArgumentException("unknown option '" + name + "': neither storage nor " + scheme
                        + " has it; correct its name or remove it");
            }
        }
    }
}
