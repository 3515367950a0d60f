package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Compression;
import io.onedump.artifact.Digest;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.artifact.Source;
import io.onedump.artifact.Spool;
import io.onedump.artifact.Spools;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;

/**
 * A Camel endpoint that nothing is known of but that it takes messages: it gets the artifact, from which Camel's type
 * converters make the file or stream that it wants. Nothing is verified.
 */
final class EndpointStorage implements Storage {

    private static final Pattern TRANSIENT_REPLY = Pattern.compile("Code: 4\\d\\d\\b");

    private final Endpoint endpoint;
    private final ProducerTemplate template;
    private final Spools spools;

    EndpointStorage(Endpoint endpoint, ProducerTemplate template, Spools spools) {
        this.spools = spools;
        this.endpoint = endpoint;
        this.template = template;
    }

    /** Sent only when it is whole: an endpoint has no way to take back what it has begun. */
    @Override
    public Receipt put(String path, Artifact artifact) throws IOException {
        if (artifact.repeatable()) {
            return send(path, artifact);
        }
        try (Spool spool = spools.spool(artifact.name(), new Once(artifact), Compression.NONE, null)) {
            return send(path, spool);
        }
    }

    private Receipt send(String path, Artifact artifact) throws IOException {
        Digest digest = artifact.digest();
        Exchange exchange = template.send(endpoint, ExchangePattern.InOnly, sent -> {
            sent.getMessage().setBody(artifact);
            sent.getMessage().setHeader(OnedumpConstants.FILE_NAME, path);
            sent.getMessage().setHeader(PutOnlyOptions.TEMPORARY_NAME,
                    TemporaryName.of(ObjectPath.name(path), Objects.hash(Machine.name(), path)));
        });
        Exception failure = exchange.getException();
        if (failure != null) {
            ArtifactStream.rethrow(failure);
            String message = "storage " + this + ": cannot write " + path + ": " + failure.getMessage();
            throw isTransient(failure)
                    ? new TransientStorageException(message, failure)
                    : new StorageException(message, failure);
        }
        return new Receipt(path, digest, location(path), Proof.NONE);
    }

    /** A connection that broke, or what FTP calls transient; components wrap both. */
    private static boolean isTransient(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || TRANSIENT_REPLY.matcher(String.valueOf(cause.getMessage())).find()) {
                return true;
            }
        }
        return false;
    }

    /** A dump without a spool, which can be read only once. */
    private record Once(Artifact artifact, InputStream stream) implements Source {

        Once(Artifact artifact) throws IOException {
            this(artifact, artifact.open());
        }

        @Override
        public void complete() throws IOException {
            artifact.digest();
        }

        @Override
        public void close() {
            try {
                stream.close();
            } catch (IOException e) {
                // Nothing was being written through it.
            }
        }
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
