package io.onedump.binlog.archive;

import io.onedump.binlog.source.ServerClock;
import io.onedump.database.mysql.BinlogPosition;

/**
 * Where archiving goes on.
 *
 * @param folder of the timeline
 * @param scan   of the file to go on with, or null to begin a new one
 * @param from   what to ask the server for
 * @param gap    what is lost for ever, in words, or null
 * @param broken why a new timeline begins, in words, or null
 * @param clock  what time it was on the server before it was asked for anything, or null
 */
record Resumption(StagingFolder folder, FileScan scan, BinlogPosition from, String gap, String broken,
        ServerClock clock) {

    Resumption because(String reason) {
        return new Resumption(folder, scan, from, gap, reason, clock);
    }

    Resumption at(ServerClock now) {
        return new Resumption(folder, scan, from, gap, broken, now);
    }
}
