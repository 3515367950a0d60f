package io.onedump.binlog.archive;

import io.onedump.artifact.Digest;

/**
 * Some bytes of a binlog file as the storage has them. Pieces never change once they are stored.
 *
 * @param object name in the storage, without the timeline's folder; its ending says how it is compressed
 * @param start  first byte of the file that it holds
 * @param end    byte after the last one; always the end of an event
 * @param size   bytes in the storage
 * @param sha256 of the bytes in the storage
 */
public record Piece(String object, long start, long end, long size, String sha256) {

    public Piece {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a piece from " + start + " to " + end);
        }
    }

    static Piece of(String object, long start, long end, Digest stored) {
        return new Piece(object, start, end, stored.size(), stored.sha256());
    }
}
