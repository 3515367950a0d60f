/**
 * Plays a source of replication for one server, so that its own replica threads apply an archive.
 *
 * <p>Threads: one accepts connections, one serves each.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code binlog.event}, {@code database.mysql}.
 *
 * <p>Enters: the server's side of the replication protocol.
 */
package io.onedump.binlog.replica;
