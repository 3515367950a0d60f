package io.onedump.storage;

import java.io.IOException;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Artifacts;
import io.onedump.artifact.OnedumpConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the body, and its sidecar where one is wanted. */
public class StorageProducer extends DefaultProducer {

    private static final Logger LOG = LoggerFactory.getLogger(StorageProducer.class);

    private final StorageConfiguration configuration;
    private Expression folder;

    public StorageProducer(StorageEndpoint endpoint) {
        super(endpoint);
        this.configuration = endpoint.getConfiguration();
    }

    @Override
    public StorageEndpoint getEndpoint() {
        return (StorageEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (configuration.getPath() != null) {
            folder = getEndpoint().getCamelContext().resolveLanguage("simple").createExpression(configuration.getPath());
            folder.init(getEndpoint().getCamelContext());
        }
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        Artifact artifact = Artifacts.of(exchange);
        String path = ObjectPath.of(folder == null ? null : folder.evaluate(exchange, String.class),
                message.getHeader(OnedumpConstants.FILE_NAME, artifact::name, String.class));
        long started = System.nanoTime();
        Receipt receipt;
        try (Storage storage = getEndpoint().open()) {
            receipt = put(storage, path, artifact, wantsSidecar(message));
        }
        LOG.info("stored {}: {} bytes in {} ms, verified by {}", receipt.location(), receipt.digest().size(),
                (System.nanoTime() - started) / 1_000_000, receipt.verifiedBy());
        message.setBody(artifact);
        message.setHeader(OnedumpConstants.SIZE, receipt.digest().size());
        message.setHeader(OnedumpConstants.SHA256, receipt.digest().sha256());
        message.setHeader(OnedumpConstants.LOCATION, receipt.location());
    }

    private boolean wantsSidecar(Message message) {
        return switch (configuration.getSidecar()) {
            case AUTO -> message.getHeader(OnedumpConstants.SIDECAR) != null;
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }

    private static Receipt put(Storage storage, String path, Artifact artifact, boolean sidecar) throws IOException {
        if (!sidecar) {
            return storage.put(path, artifact);
        }
        boolean replaces = storage.stat(path).isPresent();
        Receipt receipt = storage.put(path, artifact);
        try {
            storage.put(Sidecar.path(path),
                    new Sidecar(receipt.digest().sha256(), ObjectPath.name(path)).toArtifact());
        } catch (IOException e) {
            // A name that was free before must be free again; what replaced a good artifact is all that is left of it.
            if (!replaces) {
                deleteAfter(e, storage, path);
            }
            throw e;
        }
        return receipt;
    }

    private static void deleteAfter(IOException failure, Storage storage, String path) {
        try {
            storage.delete(path);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
