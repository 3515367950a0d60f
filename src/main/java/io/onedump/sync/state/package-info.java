/**
 * What was proved to be where, kept from run to run, and the lock that lets one run at a time change a destination.
 *
 * <p>Threads: those of the caller; the store serves several.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code sync.source}.
 *
 * <p>Enters: what must outlive a run.
 */
package io.onedump.sync.state;
