package io.onedump.binlog.replica;

import java.nio.file.Path;
import java.util.List;

import io.onedump.database.mysql.BinlogPosition;

/**
 * What is served to a replica.
 *
 * @param files     in order
 * @param stop      end of the last event to serve, in the last file
 * @param left      stretches to leave out, in order
 * @param anonymous whether MySQL's transactions lose their GTIDs
 * @param version   the server that wrote the files
 */
public record ServedLog(List<Path> files, BinlogPosition stop, List<Stretch> left, boolean anonymous, String version) {

    public ServedLog {
        files = List.copyOf(files);
        left = List.copyOf(left);
    }

    /** From the start of a transaction to its end. */
    public record Stretch(String file, long start, long end) {
    }
}
