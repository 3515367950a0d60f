/**
 * From bytes to events: the headers of MySQL, Percona Server and MariaDB, where an event begins and ends, where a log
 * may be cut in two, which events a filter takes. No Camel, no files. A parser belongs to one thread; an event is
 * valid only while its handler is called. Never fails on what is in a log: it skips and counts. What adds events up
 * does not enter.
 */
package io.onedump.slowlog.parse;
