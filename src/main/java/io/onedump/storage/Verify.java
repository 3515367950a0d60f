package io.onedump.storage;

/** How much a put does to prove that the storage holds what was sent. */
public enum Verify {
    /**
     * The strongest that the storage can do without reading everything again; reading everything again if there is
     * none.
     */
    AUTO,
    /** Reads everything again. */
    READ_BACK,
    /** Compares the size only. */
    SIZE,
    /** Trusts the storage. */
    NONE
}
