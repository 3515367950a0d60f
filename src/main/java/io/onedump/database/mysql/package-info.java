/**
 * The protocol of MySQL and MariaDB: log in, ask, read packets.
 *
 * <p>Threads: a session belongs to one thread; closing it from another ends what it waits for.
 *
 * <p>Camel: no.
 *
 * <p>Uses: none of ours.
 *
 * <p>Enters: the wire and its types. What an answer means is for the room that asked.
 */
package io.onedump.database.mysql;
