/**
 * The protocol of PostgreSQL: log in, ask, COPY both ways; and what has to be known of a server before its own program
 * is given a secret.
 *
 * <p>Threads: one for each connection, which any other may close.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code database}, {@code database.mysql}.
 *
 * <p>Enters: bytes on the wire, names and texts in statements. Dumping is for {@code dump}, loading for {@code
 * restore}.
 */
package io.onedump.database.postgres;
