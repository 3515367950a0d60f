package io.onedump.dump;

import io.onedump.artifact.ArtifactConverters;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * The output of {@code exec:} as text and bytes, as its users know it, and with the limit of all artifacts. Not found
 * by Camel itself, which would need {@code camel-exec} for that in every application.
 */
final class ArtifactResultConverters {

    private ArtifactResultConverters() {
    }

    static void addTo(TypeConverterRegistry registry) {
        registry.addTypeConverter(String.class, ArtifactResult.class, new SimpleTypeConverter(false,
                (type, exchange, value) -> ArtifactConverters.toString(((ArtifactResult) value).output(exchange),
                        exchange)));
        registry.addTypeConverter(byte[].class, ArtifactResult.class, new SimpleTypeConverter(false,
                (type, exchange, value) -> ArtifactConverters.toUnpackedBytes(
                        ((ArtifactResult) value).output(exchange))));
    }
}
