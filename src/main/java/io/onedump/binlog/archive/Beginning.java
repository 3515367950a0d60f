package io.onedump.binlog.archive;

import java.io.IOException;
import java.time.Instant;
import java.util.regex.Pattern;

import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.EventType;
import io.onedump.binlog.event.GtidState;
import io.onedump.binlog.source.EventProbe;
import io.onedump.binlog.source.ServerLog;
import io.onedump.binlog.source.StreamSettings;

/**
 * Where a new archive begins: with the server's file that holds a moment or a transaction.
 *
 * @param time null when a transaction is named
 * @param gtid null when a moment is
 */
public record Beginning(Instant time, String gtid) {

    private static final Pattern GTID =
            Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}:[1-9]\\d{0,18}|\\d+-\\d+-\\d+");

    public Beginning {
        if ((time == null) == (gtid == null)) {
            throw new IllegalArgumentException("an archive begins at a moment or with a transaction");
        }
        if (gtid != null && !isGtid(gtid)) {
            throw new IllegalArgumentException("not the GTID of one transaction: '" + gtid + "'");
        }
    }

    /** Null for none. */
    static Beginning at(Instant time) {
        return time == null ? null : new Beginning(time, null);
    }

    /** Whether a text is the GTID of one transaction. */
    public static boolean isGtid(String text) {
        return GTID.matcher(text).matches();
    }

    /** The newest file that began before it. */
    BinlogName file(StreamSettings source, ServerLog log) throws IOException {
        for (int i = log.files().size() - 1; i >= 0; i--) {
            BinlogName file = log.files().get(i).name();
            byte[] format = EventProbe.fetch(source, file, EventReader.MAGIC_LENGTH);
            if (time != null && EventHeader.time(format, 0) <= time.getEpochSecond()
                    || gtid != null && !state(source, file, format).contains(gtid)) {
                return file;
            }
        }
        if (gtid != null) {
            throw new IOException("the server has removed the file with transaction " + gtid + ": its oldest, "
                    + log.oldest() + ", begins after it");
        }
        return log.oldest();
    }

    /** What the file says of all before it, in its second event. */
    private static GtidState state(StreamSettings source, BinlogName file, byte[] format) throws IOException {
        long at = EventReader.MAGIC_LENGTH + EventHeader.length(format, 0);
        byte[] event = EventProbe.fetch(source, file, at);
        int type = EventHeader.type(event, 0);
        if (type != EventType.PREVIOUS_GTIDS && type != EventType.MARIADB_GTID_LIST
                || EventHeader.length(event, 0) > event.length) {
            throw new IOException("which transactions " + file + " begins after cannot be read; name a time in place of"
                    + " the GTID");
        }
        return GtidState.of(event);
    }

    @Override
    public String toString() {
        return time == null ? gtid : time.toString();
    }
}
