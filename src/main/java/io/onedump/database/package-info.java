/**
 * Where a database is, who asks and how the connection is protected: DSN, words for TLS, and the settings that follow.
 *
 * <p>Threads: values, but for one thread that looks after all connections whose answers are waited for.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code database.mysql}, {@code database.postgres}.
 *
 * <p>Enters: what holds for every way to a database, whoever connects: our own clients, other people's programs, a
 * driver.
 */
package io.onedump.database;
