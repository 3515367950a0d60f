/**
 * Artifacts in a folder of this machine.
 *
 * <p>Threads: those of the caller.
 *
 * <p>Camel: yes: it is made from the options of Camel's endpoint.
 *
 * <p>Uses: {@code artifact}, {@code storage}.
 *
 * <p>Enters: moving and proving bytes on a file system.
 */
package io.onedump.storage.file;
