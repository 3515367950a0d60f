package io.onedump.binlog.archive;

import java.time.Instant;

import io.onedump.binlog.event.BinlogName;

/**
 * How far the file being written has come on local disk.
 *
 * @param offset end of the last event that was handed to the operating system
 * @param format SHA-256 of the file's first event
 * @param server version of the server that wrote it
 * @param first  time of the first event
 * @param last   time of the newest event
 */
record StagedProgress(BinlogName file, long offset, String format, String server, Instant first, Instant last) {
}
