package io.onedump.binlog.archive;

import io.onedump.binlog.event.BinlogName;

/**
 * A moment at which the server said that it has nothing more.
 *
 * @param offset of the file, which is its newest
 * @param nanos  when its word came, by {@link System#nanoTime()}
 */
record Quiet(BinlogName file, long offset, long nanos) {
}
