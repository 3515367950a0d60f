/**
 * Connections by SSH, tunnels, known hosts, keys, and words for a remote shell.
 *
 * <p>Threads: an OpenSSH client has one that reads what it says of errors; a connection is for one thread at a time
 * unless its class says otherwise.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}.
 *
 * <p>Enters: what is said before or beside SFTP. Nothing here knows what the bytes are.
 */
package io.onedump.ssh;
