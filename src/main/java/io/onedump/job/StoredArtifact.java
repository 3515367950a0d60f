package io.onedump.job;

import java.util.Map;

/**
 * An artifact that a storage has taken and verified.
 *
 * @param size     bytes
 * @param sha256   lower-case hex
 * @param location where it is, without any secret
 * @param facts    what is known of where it comes from, by the keys of a sidecar
 */
public record StoredArtifact(String name, long size, String sha256, String location, Map<String, String> facts) {

    public StoredArtifact {
        facts = Map.copyOf(facts);
    }

    /** One of which nothing more is known. */
    public StoredArtifact(String name, long size, String sha256, String location) {
        this(name, size, sha256, location, Map.of());
    }
}
