package io.onedump.binlog.event;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which transactions came before a file, as the event says that stands at its beginning. */
public final class GtidState {

    private static final int LIST_COUNT_MASK = 0x0fffffff;
    private static final int LIST_ENTRY = 16;

    private final MySqlGtids mysql;
    private final Map<Long, Long> mariadb;

    private GtidState(MySqlGtids mysql, Map<Long, Long> mariadb) {
        this.mysql = mysql;
        this.mariadb = mariadb;
    }

    /** @param event of MySQL's previous GTIDs or of MariaDB's list */
    public static GtidState of(byte[] event) throws IOException {
        if (EventHeader.type(event, 0) == EventType.PREVIOUS_GTIDS) {
            return new GtidState(MySqlGtids.previous(event, 0, event.length), Map.of());
        }
        Map<Long, Long> newest = new HashMap<>();
        int at = EventHeader.LENGTH;
        long count = EventHeader.uint32(event, at) & LIST_COUNT_MASK;
        for (int i = 0; i < count; i++) {
            int entry = at + 4 + i * LIST_ENTRY;
            newest.merge(EventHeader.uint32(event, entry), EventHeader.uint64(event, entry + 8), Math::max);
        }
        return new GtidState(null, newest);
    }

    /** @param gtid {@code uuid:number} or {@code domain-server-sequence} */
    public boolean contains(String gtid) {
        if (mysql != null) {
            int colon = gtid.lastIndexOf(':');
            return colon > 0 && mysql.contains(gtid.substring(0, colon).toLowerCase(Locale.ROOT),
                    Long.parseLong(gtid.substring(colon + 1)));
        }
        String[] parts = gtid.split("-");
        return parts.length == 3 && mariadb.getOrDefault(Long.parseLong(parts[0]), 0L) >= Long.parseLong(parts[2]);
    }
}
