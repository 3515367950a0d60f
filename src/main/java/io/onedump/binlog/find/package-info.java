/**
 * Looks for transactions in an archive: by time, table, kind.
 *
 * <p>Threads: those of the caller.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code binlog.archive}, {@code binlog.event}.
 *
 * <p>Enters: searching; nothing here changes an archive.
 */
package io.onedump.binlog.find;
