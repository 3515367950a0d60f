/**
 * {@code binlog:}, which archives the binary log of MySQL and MariaDB, tells how far the archive is, and verifies it.
 *
 * <p>Threads: a route that starts here has one that follows the server and those of {@code binlog.archive}.
 *
 * <p>Camel: yes: it is a component.
 *
 * <p>Uses: {@code artifact}, {@code binlog.archive}, {@code binlog.moment}, {@code binlog.restore}, {@code
 * binlog.source}, {@code binlog.verify}, {@code database}, {@code database.mysql}, {@code job}, {@code restore}, {@code
 * secret}, {@code storage}, {@code storage.retention}.
 *
 * <p>Enters: options, the component, and what binds an archive to a storage. The work is in the rooms below.
 */
package io.onedump.binlog;
