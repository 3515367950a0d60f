package io.onedump.checksum;

import io.onedump.artifact.OnedumpConstants;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Make the body an artifact and have the storages that follow write its digest beside it, in a form that
 * sha256sum -c accepts.
 */
@UriEndpoint(firstVersion = "0.1.0", scheme = "checksum", title = "Checksum", syntax = "checksum:algorithm",
        producerOnly = true, remote = false, category = {Category.TRANSFORMATION},
        headersClass = OnedumpConstants.class)
public class ChecksumEndpoint extends DefaultEndpoint {

    @UriPath(enums = "sha256", description = "The digest algorithm.")
    @Metadata(required = true)
    private final ChecksumAlgorithm algorithm;

    public ChecksumEndpoint(String uri, ChecksumComponent component, ChecksumAlgorithm algorithm) {
        super(uri, component);
        this.algorithm = algorithm;
    }

    @Override
    public Producer createProducer() {
        return new ChecksumProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("checksum:" + algorithm + " cannot be the start of a route");
    }

    public ChecksumAlgorithm getAlgorithm() {
        return algorithm;
    }
}
