/**
 * Shares out the rows of native dumps among connections, whatever the database is.
 *
 * <p>Threads: one for each connection.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code dump.format}, {@code restore.choice}.
 *
 * <p>Enters: {@link io.onedump.restore.rows.RowLoads}.
 */
package io.onedump.restore.rows;
