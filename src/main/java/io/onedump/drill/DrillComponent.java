package io.onedump.drill;

import java.util.Map;

import io.onedump.secret.EndpointValues;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Proves as a step of a route that a job's backups come back. */
@Component("drill")
public class DrillComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DrillEndpoint endpoint = new DrillEndpoint(uri, this, remaining);
        EndpointValues.protect(this, parameters);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
