/**
 * Bytes with a name, on their way from whoever makes them to whoever keeps them: {@link io.onedump.artifact.Artifact},
 * the spool that is read while it is written, compression both ways, digests, and the small pieces that every room
 * needs once (threads, whole-file replacement, claims on a file, JSON).
 *
 * <p>Threads: a pump has one that reads and one that compresses; a spool has one writer and any number of readers. All
 * others come from {@link io.onedump.artifact.Threads}.
 *
 * <p>Camel: yes, in the classes that bind artifacts to an exchange or a context; the movers of bytes know nothing of
 * it.
 *
 * <p>Uses: none of ours.
 *
 * <p>Enters: what moves or names bytes whatever they are. What knows a database, a server or a storage does not.
 */
package io.onedump.artifact;
