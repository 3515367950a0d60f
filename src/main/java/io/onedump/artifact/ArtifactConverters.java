package io.onedump.artifact;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;

import org.apache.camel.Converter;
import org.apache.camel.Exchange;

/** Lets any Camel endpoint take an artifact: a stream for those that stream, a file for those that need its length. */
@Converter(generateLoader = true)
public final class ArtifactConverters {

    private ArtifactConverters() {
    }

    @Converter
    public static InputStream toInputStream(Artifact artifact) throws IOException {
        return artifact.open();
    }

    @Converter
    public static InputStream toInputStream(UnboundArtifact unbound, Exchange exchange) throws IOException {
        return unbound.bind(exchange).open();
    }

    @Converter
    public static File toFile(UnboundArtifact unbound, Exchange exchange) throws IOException {
        return toFile(unbound.bind(exchange));
    }

    /** Waits for the artifact's end. The file goes away with the exchange. */
    @Converter
    public static File toFile(Artifact artifact) throws IOException {
        if (artifact instanceof RenamedArtifact renamed) {
            return toFile(renamed.artifact());
        }
        if (artifact instanceof FileArtifact file) {
            return file.file().toFile();
        }
        if (artifact instanceof Spool spool) {
            spool.digest();
            return spool.file().toFile();
        }
        throw new IOException(artifact.name() + " is not in a file; set spool to true for endpoints that need one");
    }
}
