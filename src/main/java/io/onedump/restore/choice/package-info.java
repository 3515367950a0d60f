/**
 * What is wanted of a dump and what came of it.
 *
 * <p>Threads: none.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code database}.
 *
 * <p>Enters: what every way of restoring has.
 */
package io.onedump.restore.choice;
