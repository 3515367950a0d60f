/**
 * What has to be known of a PostgreSQL server before its own program is given a secret.
 *
 * <p>Threads: none.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code database}.
 *
 * <p>Enters: questions by the wire that decide whether a program may be started. Dumping is for {@code dump}.
 */
package io.onedump.database.postgres;
