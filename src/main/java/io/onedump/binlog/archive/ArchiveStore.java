package io.onedump.binlog.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.Artifact;

/** Where an archive is kept. Names are relative, with {@code /} between folders. */
public interface ArchiveStore {

    /** Keeps the bytes under a name, whole or not at all; what had the name before is replaced. */
    void put(String name, Artifact artifact) throws IOException;

    /** The names that begin with a prefix, in no particular order. */
    List<String> list(String prefix) throws IOException;

    /** @throws FileNotFoundException when there is nothing of that name */
    InputStream get(String name) throws IOException;

    /** The place around this one, in which older versions kept archives whatever folder they were given, if any. */
    default Optional<ArchiveStore> around() {
        return Optional.empty();
    }

    /** Removes what has the name, if anything has. */
    void delete(String name) throws IOException;
}
