package io.onedump.binlog;

import java.util.Arrays;
import java.util.Map;

import io.onedump.secret.EndpointValues;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Archives the binary logs of MySQL and MariaDB servers. */
@Component("binlog")
public class BinlogComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        BinlogEndpoint endpoint = new BinlogEndpoint(uri, this, operation(remaining));
        EndpointValues.protect(this, parameters);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static BinlogOperation operation(String name) {
        return Arrays.stream(BinlogOperation.values()).filter(operation -> operation.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown operation '" + name + "': use one of "
                        + Arrays.toString(BinlogOperation.values())));
    }
}
