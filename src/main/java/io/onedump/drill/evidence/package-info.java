/**
 * What a drill leaves behind: its record, chained to the one before, in a storage.
 *
 * <p>Threads: that of the caller.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code storage}.
 *
 * <p>Enters: the form of records and the check of their chain.
 */
package io.onedump.drill.evidence;
