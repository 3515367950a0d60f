package io.onedump.storage;

import io.onedump.artifact.Spools;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;

/** Any endpoint that has no backend of its own. */
final class EndpointBackend implements Backend {

    private final Endpoint endpoint;
    private ProducerTemplate template;

    EndpointBackend(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public synchronized Storage open() {
        if (template == null) {
            CamelContext context = endpoint.getCamelContext();
            template = context.createProducerTemplate();
        }
        return new EndpointStorage(endpoint, template, Spools.of(endpoint.getCamelContext()));
    }

    @Override
    public boolean isReadable() {
        return false;
    }

    @Override
    public synchronized void close() {
        if (template != null) {
            template.stop();
            template = null;
        }
    }
}
