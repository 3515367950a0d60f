package io.onedump.restore;

import java.util.Map;

import io.onedump.secret.EndpointValues;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Brings dumps back as a step of a route. */
@Component("restore")
public class RestoreComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        RestoreEndpoint endpoint = new RestoreEndpoint(uri, this, RestoreAction.parse(remaining));
        EndpointValues.protect(this, parameters);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
