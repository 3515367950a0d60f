/**
 * Loads native dumps into PostgreSQL: plan, what comes before the rows in one transaction, rows by several connections,
 * indexes, the rest, and the proof.
 *
 * <p>Threads: one for each connection; the first one also makes the schema.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code database}, {@code database.postgres}, {@code dump.format}, {@code restore.choice},
 * {@code restore.rows}.
 *
 * <p>Enters: what is said to these servers. What a dump is made of is for {@code dump.format}.
 */
package io.onedump.restore.postgres;
