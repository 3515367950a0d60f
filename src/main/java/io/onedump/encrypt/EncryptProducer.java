package io.onedump.encrypt;

import java.io.Closeable;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Artifacts;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Compression;
import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.artifact.SealedName;
import io.onedump.artifact.Source;
import io.onedump.artifact.Spools;
import io.onedump.artifact.Threads;
import io.onedump.encrypt.age.Recipients;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;

/** Begins to seal and leaves the sealed artifact in the body: it is sealed while it is dumped and stored. */
class EncryptProducer extends DefaultProducer {

    private static final Logger LOG = CleanLog.of(EncryptProducer.class);

    private final EncryptEndpoint endpoint;
    private final Spools spools;
    private final Threads threads;

    EncryptProducer(EncryptEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.spools = Spools.of(endpoint.getCamelContext());
        this.threads = ContextThreads.of(endpoint.getCamelContext());
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Artifact plain = Artifacts.of(exchange);
        Recipients recipients = endpoint.sealedFor().read();
        String name = SealedName.of(message.getHeader(OnedumpConstants.FILE_NAME, plain::name, String.class));
        // A new seal for each reading: one that is no more the same must never be sealed with the same key.
        Source.Factory sealing = () -> SealingSource.start(threads, plain, recipients);
        Artifact sealed = endpoint.isSpool()
                ? spools.spool(name, sealing.start(), Compression.NONE, null)
                : spools.stream(name, sealing, Compression.NONE, null);
        spools.endWith(exchange, (Closeable) sealed);
        message.setBody(sealed);
        message.setHeader(OnedumpConstants.FILE_NAME, name);
        LOG.info("encrypt:{}: sealing {} for {}", endpoint.getFormat(), name, endpoint.sealedFor());
    }
}
