package io.onedump.storage;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.onedump.secret.EndpointValues;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Keeps artifacts in whatever the delegate endpoint stands for. */
@Component("storage")
public class StorageComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        StorageEndpoint endpoint = new StorageEndpoint(uri, this, remaining);
        Set<String> own = new LinkedHashSet<>(parameters.keySet());
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
}
