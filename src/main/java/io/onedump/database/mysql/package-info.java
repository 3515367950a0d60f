/**
 * The protocol of MySQL and MariaDB: log in, ask, read packets.
 *
 * <p>Threads: a session belongs to one thread; closing it from another ends what it waits for, and one of
 * its own sees to that where an answer does not end.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code database}.
 *
 * <p>Enters: the wire and its types. What an answer means is for the room that asked.
 */
package io.onedump.database.mysql;
