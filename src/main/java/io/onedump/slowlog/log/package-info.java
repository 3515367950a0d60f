/**
 * The files and streams that are logs: finding them, unpacking them, following one over rotations with a bookmark, and
 * what a failure to read one means.
 *
 * <p>Threads: opened by any thread, each opening used by one.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code slowlog.parse}, {@code slowlog.text}.
 *
 * <p>Enters: what does not look into events.
 */
package io.onedump.slowlog.log;
