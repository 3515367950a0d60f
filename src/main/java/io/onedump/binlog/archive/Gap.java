package io.onedump.binlog.archive;

import java.time.Instant;

import io.onedump.binlog.event.BinlogName;

/**
 * What an archive lacks between two of its files.
 *
 * @param offset where the earlier one ends, as far as it is there
 */
record Gap(int timeline, BinlogName file, long offset, Instant from, BinlogName next, Instant to) {

    /** One word that stays the same for the same gap. */
    String key() {
        return timeline + ":" + file.number() + ":" + offset + ":" + next.number();
    }

    @Override
    public String toString() {
        return "from " + file + ":" + offset + " (" + from + ") to " + next + " (" + to + ")";
    }
}
