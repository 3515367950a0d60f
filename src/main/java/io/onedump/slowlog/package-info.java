/**
 * {@code slowlog:}, which digests the slow logs of MySQL and MariaDB.
 *
 * <p>Threads: those of the route, and the readers of {@code slowlog.digest}.
 *
 * <p>Camel: yes: it is a component.
 *
 * <p>Uses: {@code artifact}, {@code slowlog.digest}, {@code slowlog.log}, {@code slowlog.parse}, {@code
 * slowlog.report}.
 *
 * <p>Enters: options and the component. The work is in the rooms below.
 */
package io.onedump.slowlog;
