/**
 * The folder that is sent: which files, and their bytes while they may change.
 *
 * <p>Threads: those of the caller.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code storage}.
 *
 * <p>Enters: reading only; nothing here changes the source.
 */
package io.onedump.sync.source;
