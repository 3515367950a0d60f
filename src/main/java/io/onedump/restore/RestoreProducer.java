package io.onedump.restore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Artifacts;
import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Spools;
import io.onedump.artifact.Warnings;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.restore.choice.RestoreResult;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;

/** Restores the artifact in the body, which stays there for the steps that follow. */
class RestoreProducer extends DefaultProducer {

    private static final Logger LOG = CleanLog.of(RestoreProducer.class);

    private static final String WAY_OUT = "set the option identity or passphrase of the step";

    private final RestoreEndpoint endpoint;
    private final Spools spools;

    RestoreProducer(RestoreEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.spools = Spools.of(endpoint.getCamelContext());
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Artifact artifact = Artifacts.of(exchange);
        exchange.getMessage().setBody(artifact);
        // Until it has ended nobody knows whether it is whole, and where its index is.
        long size = artifact.digest().size();
        Path copy = spools.scratchFile("restore");
        try {
            Restoration restoration = endpoint.restoration(copy.getParent(), listener(exchange));
            RestoreResult result = OpenedDump.use(new InBody(artifact, size, copy), endpoint.identities(), WAY_OUT,
                    dump -> endpoint.getAction() == RestoreAction.COMPARE
                            ? restoration.compare(dump)
                            : restoration.run(dump));
            LOG.info("{}: restored {}: {}", endpoint.display(), artifact.name(), result.inWords());
            if (!result.different().isEmpty()) {
                throw new RestoreException("restore " + endpoint.display() + ": what came of " + artifact.name()
                        + " is not equal: " + String.join("; ", result.different()));
            }
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static RestoreListener listener(Exchange exchange) {
        Warnings warnings = Warnings.of(exchange);
        return new RestoreListener() {
            @Override
            public void noted(String message) {
                warnings.add(message);
            }
        };
    }

    /** The artifact of a message. */
    private record InBody(Artifact artifact, long size, Path copy) implements StoredDump {

        @Override
        public String name() {
            return artifact.name();
        }

        @Override
        public ByteRanges bytes() {
            return new ByteRanges() {
                @Override
                public long size() {
                    return size;
                }

                @Override
                public InputStream open(long offset, long length) throws IOException {
                    return artifact.open(offset);
                }
            };
        }

        @Override
        public Path file(Path folder) throws IOException {
            try (InputStream in = artifact.open()) {
                Files.copy(in, copy);
            }
            return copy;
        }
    }
}
