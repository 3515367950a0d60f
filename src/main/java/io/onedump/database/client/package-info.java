/**
 * Other people's programs for a database: finding them, telling which family and version they are, giving them account
 * and TLS in a file that only we can read, and running them.
 *
 * <p>Threads: those of {@code artifact.process}.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact.process}, {@code database}, {@code database.mysql}.
 *
 * <p>Enters: what is true of a client program of a family and version. What a dump or a restore does with it is for
 * those rooms.
 */
package io.onedump.database.client;
