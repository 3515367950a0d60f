package io.onedump.storage;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.onedump.artifact.LocalNeeds.Lack;
import io.onedump.artifact.Spools;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.BeanIntrospection;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.PluginHelper;

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
    public Optional<String> files() {
        if (!(endpoint instanceof DefaultEndpoint known) || !PutOnlyOptions.isFileWriter(known.getComponent())) {
            return Optional.empty();
        }
        BeanIntrospection reader = PluginHelper.getBeanIntrospection(endpoint.getCamelContext());
        Object configuration = reader.getOrElseProperty(endpoint, "configuration", null, false);
        return configuration == null
                ? Optional.empty()
                : Optional.of(Stream.of("username", "host", "port", "directory")
                        .map(name -> String.valueOf(reader.getOrElseProperty(configuration, name, "", false)))
                        .collect(Collectors.joining("/", "files:", "")).replaceAll("/+", "/"));
    }

    /** What Camel would say when the first artifact is to be sent. */
    @Override
    public List<Lack> lacks() {
        try {
            endpoint.createProducer().stop();
            return List.of();
        } catch (Exception e) {
            return List.of(new Lack("delegate", String.valueOf(e.getMessage()), true));
        }
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
