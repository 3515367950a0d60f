package io.onedump.storage;

import java.util.Locale;

/** What a storage's copy was compared by, from the weakest. */
public enum Proof {
    NONE, SIZE,
    /** The MD5 of every part, as the server computed it. */
    ETAG,
    /** The CRC-32 of the whole, as the server computed it. */
    CRC32,
    /** Dropbox's SHA-256 of SHA-256s, as the server computed it. */
    CONTENT_HASH,
    /** The SHA-256 of the whole, as the server computed it. */
    SHA256,
    /** The SHA-256 of what came back when every byte was read again. */
    READ_BACK;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
