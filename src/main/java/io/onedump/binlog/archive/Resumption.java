package io.onedump.binlog.archive;

import io.onedump.database.mysql.BinlogPosition;

/**
 * Where archiving goes on.
 *
 * @param folder of the timeline
 * @param scan   of the file to go on with, or null to begin a new one
 * @param from   what to ask the server for
 * @param gap    what is lost for ever, in words, or null
 */
record Resumption(StagingFolder folder, FileScan scan, BinlogPosition from, String gap) {
}
