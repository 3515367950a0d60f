package io.onedump.slowlog;

import java.util.Map;

import io.onedump.slowlog.report.ReportFormat;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** Digests slow query logs. */
@Component("slowlog")
public class SlowLogComponent extends DefaultComponent {

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        SlowLogEndpoint endpoint = new SlowLogEndpoint(uri, this, ReportFormat.parse(remaining));
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
