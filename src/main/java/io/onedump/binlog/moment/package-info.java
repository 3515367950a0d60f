/**
 * Which dump, and which stretch of an archive behind it, bring a server to a moment; and what can be brought back at
 * all.
 *
 * <p>Threads: those of the caller.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code binlog.archive}, {@code binlog.event}, {@code binlog.restore}, {@code database.mysql}, {@code
 * restore.choice}.
 *
 * <p>Enters: deciding; nothing here changes anything.
 */
package io.onedump.binlog.moment;
