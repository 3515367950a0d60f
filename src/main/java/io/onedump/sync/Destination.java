package io.onedump.sync;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import io.onedump.storage.Storage;
import io.onedump.storage.StoredObject;

/** Where a sync sends files. Paths are relative to it. Its failures are those of a {@link Storage}. */
public interface Destination extends Closeable {

    /** For people, and to tell destinations apart in the state store: a URI without any secret. */
    String location();

    /** Visits every file that is there. */
    void list(Storage.Visitor visitor) throws IOException;

    /** The file of that path, empty when there is none. */
    Optional<StoredObject> stat(String path) throws IOException;

    /**
     * The SHA-256 of what is there, in lower-case hex, of as many of the files as it can tell without sending them
     * back.
     *
     * @return by path
     */
    Map<String, String> digests(Collection<StoredObject> files) throws IOException;

    /** Sends what {@code transfers} has until it is empty, and tells it of each outcome. */
    void send(Transfers transfers) throws IOException;

    void delete(String path) throws IOException;

    @Override
    void close();
}
