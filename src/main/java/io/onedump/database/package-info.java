/**
 * Where a database is and how it is reached: DSNs, and the one way from a DSN to the settings of a connection. Below:
 * {@code mysql}, the protocol of MySQL and MariaDB; {@code client}, other people's programs. Nothing here knows
 * Camel or starts a thread that lasts.
 */
package io.onedump.database;
