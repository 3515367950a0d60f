/**
 * Loads native dumps into MySQL and MariaDB: plan, tables, rows by several connections, keys, the rest, and the proof.
 *
 * <p>Threads: one for each connection; the first one also makes the schema.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code database}, {@code database.mysql}, {@code dump.format}, {@code restore.choice},
 * {@code restore.rows}.
 *
 * <p>Enters: what is said to these servers. What a dump is made of is for {@code dump.format}.
 */
package io.onedump.restore.mysql;
