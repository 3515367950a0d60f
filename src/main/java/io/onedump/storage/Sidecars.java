package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the sidecars of a storage. */
public record Sidecars(Storage storage) {

    private static final int LONGEST = 4096;

    /** Empty when there is none, or it is none of ours. */
    public Optional<Sidecar> find(String path) throws IOException {
        try (InputStream in = storage.get(Sidecar.path(path), 0)) {
            return Optional.of(Sidecar.parse(new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8)))
                    .filter(sidecar -> sidecar.name().equals(ObjectPath.name(path)));
        } catch (ObjectNotFoundException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
