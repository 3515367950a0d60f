/**
 * Which artifacts are kept and which go.
 *
 * <p>Threads: none; everything is a value.
 *
 * <p>Camel: no.
 *
 * <p>Uses: none of ours.
 *
 * <p>Enters: rules and their explanation. Removing is for {@code storage}.
 */
package io.onedump.storage.retention;
