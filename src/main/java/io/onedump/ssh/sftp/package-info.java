/**
 * Everything said over SFTP or to the remote shell beside it, once: requests in flight, replies, limits, failures and
 * what they mean, proof of what arrived.
 *
 * <p>Threads: a channel belongs to one thread, which writes and reads; several channels make work parallel.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code ssh}.
 *
 * <p>Enters: the protocol (draft-ietf-secsh-filexfer-02, OpenSSH's extensions) and remote commands. Which file is
 * sent, when and under which name is for {@code storage.sftp} and {@code sync.sftp}.
 */
package io.onedump.ssh.sftp;
