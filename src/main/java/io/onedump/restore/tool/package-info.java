/**
 * Restores dumps of databases' own tools by databases' own clients.
 *
 * <p>Threads: those of the programs.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code artifact.process}, {@code database}, {@code database.client}, {@code
 * database.mysql}, {@code restore.choice}.
 *
 * <p>Enters: which client, its log-in, and whether it took all.
 */
package io.onedump.restore.tool;
