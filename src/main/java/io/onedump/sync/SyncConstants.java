package io.onedump.sync;

import org.apache.camel.spi.Metadata;

/** The message headers of {@code sync:}. */
public final class SyncConstants {

    @Metadata(label = "producer", description = "How many files were sent", javaType = "Integer")
    public static final String SENT = "CamelSyncSent";

    @Metadata(label = "producer", description = "How many bytes they have together", javaType = "Long")
    public static final String BYTES = "CamelSyncBytes";

    @Metadata(label = "producer", description = "How many files were there already", javaType = "Integer")
    public static final String UNCHANGED = "CamelSyncUnchanged";

    @Metadata(label = "producer", description = "How many files were deleted from the destination",
            javaType = "Integer")
    public static final String DELETED = "CamelSyncDeleted";

    private SyncConstants() {
    }
}
