/**
 * A folder's files to an SFTP server: small files pipelined, large ones in resumable pieces.
 *
 * <p>Threads: each lane has a connection and a thread of its own.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code ssh}, {@code ssh.sftp}, {@code storage}, {@code sync}, {@code sync.source}.
 *
 * <p>Enters: order, resuming and batches. What SFTP can say is in {@code ssh.sftp}.
 */
package io.onedump.sync.sftp;
