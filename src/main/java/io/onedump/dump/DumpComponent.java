package io.onedump.dump;

import java.util.Arrays;
import java.util.Map;

import io.onedump.secret.EndpointValues;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Makes dumps of databases. */
@Component("dump")
public class DumpComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DumpEndpoint endpoint = new DumpEndpoint(uri, this, kind(remaining));
        EndpointValues.protect(this, parameters);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private static DumperKind kind(String name) {
        return Arrays.stream(DumperKind.values()).filter(kind -> kind.toString().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown dumper '" + name + "': use one of "
                        + Arrays.toString(DumperKind.values())));
    }
}
