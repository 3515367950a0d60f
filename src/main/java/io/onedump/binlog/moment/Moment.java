package io.onedump.binlog.moment;

import java.util.List;

import io.onedump.binlog.restore.RestorePlan;
import io.onedump.database.mysql.BinlogPosition;

/**
 * How a server is brought to a moment.
 *
 * @param dump     that is loaded first
 * @param start    where it was made
 * @param plan     of what is applied then, every event of it read
 * @param rejected newer dumps that would not do, with the reason
 */
public record Moment(KeptDump dump, BinlogPosition start, RestorePlan plan, List<String> rejected) {

    public Moment {
        rejected = List.copyOf(rejected);
    }
}
