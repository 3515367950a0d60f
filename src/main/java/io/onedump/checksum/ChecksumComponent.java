package io.onedump.checksum;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Asks for the artifact's digest to be kept beside it. */
@Component("checksum")
public class ChecksumComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        ChecksumEndpoint endpoint = new ChecksumEndpoint(uri, this, ChecksumAlgorithm.parse(remaining));
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
