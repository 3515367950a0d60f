package io.onedump.storage;

/** Whether a digest is written beside an artifact. */
public enum SidecarPolicy {
    /** When a {@code checksum:} step asked for it. */
    AUTO, ALWAYS, NEVER
}
