package io.onedump.binlog.restore;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Set;

import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.MySqlSettings;

/**
 * What to restore, and into what.
 *
 * @param timeline      0 for the newest
 * @param start         where the first transaction begins; null to take it from the dump
 * @param leaveOut      GTIDs of transactions that are not applied; takes the engine {@code replica}
 * @param dump          loaded first, or null when the target has the data of the start already
 * @param work          folder for the fetched files: they need the room of the uncompressed log
 * @param binlogProgram for the engine {@code tool}; null for the one on the PATH
 * @param clientProgram for the dump and the engine {@code tool}; null for the one on the PATH
 * @param listenOn      for the engine {@code replica}: our address as the target sees it; null to find out
 * @param part          of the log that is applied; less than all takes the engine {@code replica}
 */
public record RestoreRequest(
        int timeline, BinlogPosition start, StopAt stop, Set<String> leaveOut, Dump dump, MySqlSettings target,
        Engine engine, Path work, String binlogProgram, String clientProgram, InetAddress listenOn, Part part) {

    public RestoreRequest {
        if (start == null && dump == null) {
            throw new IllegalArgumentException("the start is missing: give --start-file and --start-pos, or a dump");
        }
        leaveOut = Set.copyOf(leaveOut);
        if (!part.isAll() && engine != Engine.REPLICA) {
            throw new IllegalArgumentException(
                    "a part of a log takes --engine replica: a tool cannot tell tables apart");
        }
    }

    /** The newest timeline, nothing left out, programs from the PATH. */
    public static RestoreRequest of(BinlogPosition start, StopAt stop, MySqlSettings target, Engine engine, Path work) {
        return new RestoreRequest(0, start, stop, Set.of(), null, target, engine, work, null, null, null,
                Part.ALL);
    }

    public RestoreRequest withDump(Dump source) {
        return new RestoreRequest(timeline, start, stop, leaveOut, source, target, engine, work, binlogProgram,
                clientProgram, listenOn, part);
    }

    public RestoreRequest without(Set<String> gtids) {
        return new RestoreRequest(timeline, start, stop, gtids, dump, target, engine, work, binlogProgram,
                clientProgram, listenOn, part);
    }

    BinlogPosition from() throws IOException {
        return start == null ? dump.position() : start;
    }
}
