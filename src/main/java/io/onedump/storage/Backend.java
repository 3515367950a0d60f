package io.onedump.storage;

import java.io.Closeable;
import java.io.IOException;

/** What is shared by all storages that one endpoint opens: its configuration and, where there is one, its client. */
public interface Backend extends Closeable {

    /** Makes no connection yet. */
    Storage open() throws IOException;

    @Override
    default void close() {
    }
}
