package io.onedump.storage;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.onedump.artifact.KnownSecrets;
import io.onedump.secret.EndpointValues;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Keeps artifacts in whatever the delegate endpoint stands for. */
@Component("storage")
public class StorageComponent extends DefaultComponent {

    /** Of options whose value is all secret, and no place where the secret is. */
    private static final Pattern SECRET = Pattern.compile("pass(word|phrase)|secret|token", Pattern.CASE_INSENSITIVE);

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        StorageEndpoint endpoint = new StorageEndpoint(uri, this, remaining);
        Set<String> own = new LinkedHashSet<>(parameters.keySet());
        parameters.forEach(StorageComponent::tell);
        EndpointValues.protect(this, parameters);
        setProperties(endpoint, parameters);
        own.removeAll(parameters.keySet());
        endpoint.getConfiguration().check(own);
        endpoint.setBackend(Backends.create(getCamelContext(), remaining, own, new LinkedHashMap<>(parameters),
                endpoint.getConfiguration()));
        if (endpoint.getConfiguration().getOperation() != StorageOperation.PUT && !endpoint.getBackend().isReadable()) {
            throw new IllegalArgumentException("option operation: of this endpoint only put is known; file, aws2-s3,"
                    + " sftp, google-drive and dropbox can do the rest");
        }
        parameters.clear();
        return endpoint;
    }

    private static void tell(String option, Object value) {
        if (SECRET.matcher(option).find() && value instanceof String text && !text.matches("(?s)(RAW|#|/|file:).*")) {
            KnownSecrets.add(text);
        }
    }
}
