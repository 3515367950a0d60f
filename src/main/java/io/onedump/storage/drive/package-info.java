/**
 * Artifacts in Google Drive.
 *
 * <p>Threads: those of the caller.
 *
 * <p>Camel: yes: it is made from the options of Camel's endpoint and uses its client.
 *
 * <p>Uses: {@code artifact}, {@code storage}.
 *
 * <p>Enters: moving and proving bytes by the Drive API.
 */
package io.onedump.storage.drive;
