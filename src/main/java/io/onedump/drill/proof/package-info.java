/**
 * What a drill compares beside rows: definitions, roles, and values that a tool's dump cannot hold.
 *
 * <p>Threads: that of the caller.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code database}, {@code database.mysql}, {@code dump.format}.
 *
 * <p>Enters: comparisons of a server with a dump that change nothing. Rows are compared by {@code restore}.
 */
package io.onedump.drill.proof;
