package io.onedump.storage;

/** Whether a sidecar is written beside an artifact. */
public enum SidecarPolicy {
    /**
     * Always, but for an endpoint that can only be put to: there when a {@code checksum:} step asked for it.
     */
    AUTO, ALWAYS, NEVER
}
