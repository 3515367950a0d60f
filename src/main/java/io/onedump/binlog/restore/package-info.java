/**
 * Brings a server to a moment: a dump, then the archive up to an end, by a tool or by the server's own replica.
 *
 * <p>Threads: those of the programs and of {@code binlog.replica}.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code artifact.process}, {@code binlog.archive}, {@code binlog.event}, {@code
 * binlog.find}, {@code binlog.replica}, {@code database}, {@code database.client}, {@code database.mysql}, {@code
 * restore.choice}, {@code restore.tool}.
 *
 * <p>Enters: plan, engines and their clean-up.
 */
package io.onedump.binlog.restore;
