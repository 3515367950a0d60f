package io.onedump.dump;

import java.io.IOException;

import io.onedump.artifact.ArtifactConverters;
import org.apache.camel.Converter;
import org.apache.camel.Exchange;

/** The output of {@code exec:} as text and bytes, as its users know it, and with the limit of all artifacts. */
@Converter(generateLoader = true)
public final class ArtifactResultConverters {

    private ArtifactResultConverters() {
    }

    @Converter
    public static String toString(ArtifactResult result, Exchange exchange) throws IOException {
        return ArtifactConverters.toString(result.output(exchange), exchange);
    }

    @Converter
    public static byte[] toBytes(ArtifactResult result, Exchange exchange) throws IOException {
        return ArtifactConverters.toUnpackedBytes(result.output(exchange));
    }
}
