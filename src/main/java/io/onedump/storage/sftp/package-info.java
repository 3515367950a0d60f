/**
 * Artifacts on an SFTP server.
 *
 * <p>Threads: one for the proof beside the caller's.
 *
 * <p>Camel: yes: it is made from the options of Camel's endpoint.
 *
 * <p>Uses: {@code artifact}, {@code ssh}, {@code ssh.sftp}, {@code storage}.
 *
 * <p>Enters: one artifact at a time; what SFTP can say is in {@code ssh.sftp}.
 */
package io.onedump.storage.sftp;
