/**
 * Dumps a PostgreSQL database by connections of our own: one exported snapshot for all of them, tables cut into ranges
 * of their pages, rows passed on as the server's COPY writes them. The schema is what pg_dump says of it.
 *
 * <p>Threads: one for each connection, and one in which pg_dump works meanwhile.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code database}, {@code database.postgres}, {@code dump.format}.
 *
 * <p>Enters: what is asked of these servers. Starting pg_dump is for {@code dump}.
 */
package io.onedump.dump.postgres;
