/**
 * Dumps MySQL and MariaDB by connections of our own: one snapshot for all of them, tables cut into ranges of their key,
 * rows turned from packets into SQL without objects on the way.
 *
 * <p>Threads: one for each connection; the first one also reads the schema.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code database}, {@code database.mysql}, {@code dump.format}.
 *
 * <p>Enters: what is asked of these servers and what is written of the answers. How the pieces lie in the file is for
 * {@code dump.format}.
 */
package io.onedump.dump.mysql;
