package io.onedump.slowlog.digest;

import java.util.concurrent.CompletableFuture;

import io.onedump.slowlog.log.LogInput;
import io.onedump.slowlog.log.LogPosition;

/**
 * A part of a log that one reader parses.
 *
 * @param log    log it is of
 * @param index  number of the log among the logs of the digest
 * @param bytes  the part itself, or null when the reader has to read the log from {@code offset} to its end
 * @param length how many of the bytes
 * @param offset where the part begins in the unpacked log
 * @param last   whether the log ends with it
 * @param before what is carried into it
 * @param after  what is carried out of it and where it ended; its reader completes it
 */
record LogPiece(LogInput log, int index, byte[] bytes, int length, long offset, boolean last,
        CompletableFuture<LogPosition> before, CompletableFuture<LogPosition> after) {
}
