package io.onedump.storage;

import io.onedump.artifact.Digest;

/**
 * What a storage answers to a put that succeeded.
 *
 * @param path       under which it is kept
 * @param digest     of the bytes that are kept
 * @param location   for people: a URI without any secret
 * @param verifiedBy how the storage's copy was compared with the artifact
 */
public record Receipt(String path, Digest digest, String location, Proof verifiedBy) {
}
