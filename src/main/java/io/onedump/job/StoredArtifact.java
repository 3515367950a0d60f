package io.onedump.job;

/**
 * An artifact that a storage has taken and verified.
 *
 * @param size     bytes
 * @param sha256   lower-case hex
 * @param location where it is, without any secret
 */
public record StoredArtifact(String name, long size, String sha256, String location) {
}
