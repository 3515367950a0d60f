package io.onedump.encrypt;

import java.util.Map;

import io.onedump.secret.EndpointValues;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Seals artifacts. */
@Component("encrypt")
public class EncryptComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        EncryptEndpoint endpoint = new EncryptEndpoint(uri, this, EncryptFormat.parse(remaining));
        EndpointValues.protect(this, parameters);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
