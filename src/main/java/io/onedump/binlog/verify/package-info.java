/**
 * Reads a whole archive and checks every object, event and link between files.
 *
 * <p>Threads: those of the caller.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code binlog.archive}, {@code binlog.event}.
 *
 * <p>Enters: checks; nothing here changes an archive.
 */
package io.onedump.binlog.verify;
