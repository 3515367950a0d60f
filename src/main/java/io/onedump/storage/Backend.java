package io.onedump.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.LocalNeeds.Lack;

/** What is shared by all storages that one endpoint opens: its configuration and, where there is one, its client. */
public interface Backend extends Closeable {

    /** Makes no connection yet. */
    Storage open() throws IOException;

    /** The folder of this machine that it is, which nobody may read files from who puts them into it. */
    default Optional<Path> localFolder() {
        return Optional.empty();
    }

    /** Where many files are better sent than put one by one; empty when there is no such way. */
    default Optional<BulkTarget> bulk() {
        return Optional.empty();
    }

    /** Where it writes files, for an endpoint of which no more is known; empty for what keeps none by their names. */
    default Optional<String> files() {
        return Optional.empty();
    }

    /** Whether names that differ in capital letters only are two. */
    default boolean tellsCapitals() {
        return true;
    }

    /** Whether what was put can be found, read and removed again. */
    default boolean isReadable() {
        return true;
    }

    /** What this machine does not have of it; nothing is connected to. */
    default List<Lack> lacks() {
        return List.of();
    }

    @Override
    default void close() {
    }
}
