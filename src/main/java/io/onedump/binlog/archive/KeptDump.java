package io.onedump.binlog.archive;

import java.time.Instant;
import java.util.Optional;

import io.onedump.binlog.event.BinlogName;

/**
 * A dump that is to be rolled forward with the archive.
 *
 * @param name   for people
 * @param time   when its run began: no later than its snapshot
 * @param file   where its snapshot is in the log; null when not known
 * @param server MySQL's unique name of the dumped server; empty when not known
 */
public record KeptDump(String name, Instant time, BinlogName file, String server) {

    /** @param position {@code file:offset}, or anything else for not known */
    public static KeptDump of(String name, Instant time, Optional<String> position, Optional<String> server) {
        BinlogName file = position.map(text -> text.substring(0, Math.max(0, text.lastIndexOf(':'))))
                .filter(BinlogName::matches).map(BinlogName::parse).orElse(null);
        return new KeptDump(name, time, file, server.filter(id -> id.contains("-")).orElse(""));
    }
}
