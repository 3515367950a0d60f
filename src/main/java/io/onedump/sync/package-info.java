/**
 * {@code sync:}, which sends a folder's files to a destination, resumes, and proves what is there.
 *
 * <p>Threads: several send at once; one plan, shared.
 *
 * <p>Camel: yes: it is a component; the work itself knows nothing of it.
 *
 * <p>Uses: {@code artifact}, {@code storage}, {@code sync.sftp}, {@code sync.source}, {@code sync.state}.
 *
 * <p>Enters: what is the same for every destination. A destination that has a bulk way of its own gets a room.
 */
package io.onedump.sync;
