/**
 * From bytes to events: the headers of MySQL, Percona Server and MariaDB, where an event begins and ends, where a log
 * may be cut in two, which events a filter takes. It never fails on what is in a log: it skips and counts.
 *
 * <p>Threads: a parser belongs to one thread; an event is valid only while its handler is called.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code slowlog.text}.
 *
 * <p>Enters: what finds events, in bytes from anywhere. Files are for {@code slowlog.log}, adding up is for {@code
 * slowlog.digest}.
 */
package io.onedump.slowlog.parse;
