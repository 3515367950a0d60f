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
 * @param timeline whose file it is; 0 when that is not said
 */
record StagedProgress(BinlogName file, long offset, String format, String server, Instant first, Instant last,
        int timeline) {

    /** Of whichever timeline. */
    StagedProgress(BinlogName file, long offset, String format, String server, Instant first, Instant last) {
        this(file, offset, format, server, first, last, 0);
    }

    StagedProgress in(int number) {
        return new StagedProgress(file, offset, format, server, first, last, number);
    }

    /** Whether it may be of a file of that timeline: another one may have a file of the same name. */
    boolean isOf(int number) {
        return timeline == 0 || timeline == number;
    }
}
