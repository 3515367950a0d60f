package io.onedump.artifact;

import org.apache.camel.spi.Metadata;

/** The message headers of the onedump components. The artifact's name travels in Camel's own {@code CamelFileName}. */
public final class OnedumpConstants {

    @Metadata(label = "common", description = "The artifact's file name", javaType = "String")
    public static final String FILE_NAME = "CamelFileName";

    @Metadata(label = "producer", description = "The stored artifact's size in bytes", javaType = "Long")
    public static final String SIZE = "CamelOnedumpSize";

    @Metadata(label = "producer", description = "The stored artifact's SHA-256 in lower-case hex", javaType = "String")
    public static final String SHA256 = "CamelOnedumpSha256";

    @Metadata(label = "producer", description = "Where the artifact is stored, without any secret", javaType = "String")
    public static final String LOCATION = "CamelOnedumpLocation";

    @Metadata(label = "producer", javaType = "String",
            description = "The digest algorithm of the sidecar file that storages write beside the artifact")
    public static final String SIDECAR = "CamelOnedumpSidecar";

    private OnedumpConstants() {
    }
}
