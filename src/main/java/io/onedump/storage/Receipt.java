package io.onedump.storage;

import io.onedump.artifact.Digest;

/**
 * What a storage answers to a put that succeeded.
 *
 * @param path       under which it is kept
 * @param digest     of the bytes that are kept
 * @param location   for people: a URI without any secret
 * @param verifiedBy how the storage's copy was compared with the artifact
 * @param tag        what the storage calls these very bytes, as in {@link StoredObject}; null when it is not known
 */
public record Receipt(String path, Digest digest, String location, Proof verifiedBy, String tag) {

    /** Of a storage that has no tags. */
    public Receipt(String path, Digest digest, String location, Proof verifiedBy) {
        this(path, digest, location, verifiedBy, null);
    }

    /** Whether an object can be what was stored: it has the size, and the tag where that is known. */
    boolean fits(StoredObject object) {
        return object.size() == digest.size() && (tag == null || tag.equals(object.tag()));
    }
}
