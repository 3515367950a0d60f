/**
 * Servers to restore into for a drill: private ones of the machine's own programs, or given ones that say that they may
 * be used.
 *
 * <p>Threads: those that follow a server that was started.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code artifact.process}, {@code database}, {@code database.client}, {@code
 * database.mysql}, {@code database.postgres}.
 *
 * <p>Enters: starting, emptying and removing them. What is restored into them is for {@code drill}.
 */
package io.onedump.drill.scratch;
