package io.onedump.checksum;

import io.onedump.artifact.Artifacts;
import io.onedump.artifact.OnedumpConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/** Does not wait for the artifact's end: the digest is computed while the dump runs and the storages read it. */
public class ChecksumProducer extends DefaultProducer {

    public ChecksumProducer(ChecksumEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public ChecksumEndpoint getEndpoint() {
        return (ChecksumEndpoint) super.getEndpoint();
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        message.setBody(Artifacts.of(exchange));
        message.setHeader(OnedumpConstants.SIDECAR, getEndpoint().getAlgorithm().toString());
    }
}
