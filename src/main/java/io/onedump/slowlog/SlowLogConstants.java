package io.onedump.slowlog;

import org.apache.camel.spi.Metadata;

/** The message headers of {@code slowlog:}. */
public final class SlowLogConstants {

    @Metadata(label = "producer", description = "How many events the digest counts", javaType = "Long")
    public static final String EVENTS = "CamelSlowlogEvents";

    @Metadata(label = "producer", description = "How many classes of events there are", javaType = "Integer")
    public static final String CLASSES = "CamelSlowlogClasses";

    @Metadata(label = "producer", description = "The digest as Markdown, short enough for a message, whatever the"
            + " body's"
            + " format is", javaType = "String")
    public static final String SUMMARY = "CamelSlowlogSummary";

    @Metadata(label = "producer", description = "The report's file name", javaType = "String")
    public static final String FILE_NAME = "CamelFileName";

    private SlowLogConstants() {
    }
}
