package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.OnedumpConstants;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;

/**
 * A Camel endpoint that nothing is known of but that it takes messages: it gets the artifact, from which Camel's type
 * converters make the file or stream that it wants. Nothing is verified.
 */
final class EndpointStorage implements Storage {

    private final Endpoint endpoint;
    private final ProducerTemplate template;

    EndpointStorage(Endpoint endpoint, ProducerTemplate template) {
        this.endpoint = endpoint;
        this.template = template;
    }

    @Override
    public Receipt put(String path, Artifact artifact) throws IOException {
        Exchange exchange = template.send(endpoint, ExchangePattern.InOnly, sent -> {
            sent.getMessage().setBody(artifact);
            sent.getMessage().setHeader(OnedumpConstants.FILE_NAME, path);
        });
        Exception failure = exchange.getException();
        if (failure != null) {
            ArtifactStream.rethrow(failure);
            String message = "storage " + this + ": cannot write " + path + ": " + failure.getMessage();
            throw failure instanceof IOException
                    ? new TransientStorageException(message, failure)
                    : new StorageException(message, failure);
        }
        return new Receipt(path, artifact.digest(), location(path), Proof.NONE);
    }

    /** Unknown, which is taken for none. */
    @Override
    public Optional<StoredObject> stat(String path) {
        return Optional.empty();
    }

    @Override
    public void list(String prefix, Visitor visitor) throws StorageException {
        throw unsupported("list");
    }

    @Override
    public InputStream get(String path, long offset) throws StorageException {
        throw unsupported("get");
    }

    @Override
    public void delete(String path) throws StorageException {
        throw unsupported("delete");
    }

    @Override
    public String location(String path) {
        return this + "/" + path;
    }

    @Override
    public void close() {
        // The endpoint lives as long as its context.
    }

    @Override
    public String toString() {
        return endpoint.getEndpointBaseUri();
    }

    private StorageException unsupported(String operation) {
        return new StorageException("storage " + this + ": " + operation + " is not possible: of this endpoint only"
                + " put is"
                + " known; file, aws2-s3, sftp, google-drive and dropbox can do the rest");
    }
}
