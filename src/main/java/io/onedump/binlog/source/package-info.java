/**
 * The server's replication stream and what the server says of its log.
 *
 * <p>Threads: a stream belongs to the thread that runs it.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code binlog.event}, {@code database.mysql}.
 *
 * <p>Enters: what is asked of the origin. Where its bytes go is for {@code binlog.archive}.
 */
package io.onedump.binlog.source;
