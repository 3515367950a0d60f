package io.onedump.binlog.verify;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.EventType;
import io.onedump.binlog.event.MySqlGtids;
import io.onedump.binlog.event.TransactionStart;

/** Follows the GTIDs through an archive: each file says which ones came before it. */
final class GtidContinuity {

    private static final int LIST_COUNT_MASK = 0x0fffffff;
    private static final int LIST_ENTRY = 16;

    private MySqlGtids mysql;
    private final Map<Long, Long> mariadb = new HashMap<>();
    private boolean tagged;

    /** @return what does not fit, if anything does not */
    Optional<String> follow(EventReader events) throws IOException {
        return switch (events.type()) {
            case EventType.PREVIOUS_GTIDS -> previous(events);
            case EventType.GTID -> {
                add(TransactionStart.of(events).gtid());
                yield Optional.empty();
            }
            case EventType.GTID_TAGGED -> {
                tagged = true;
                yield Optional.empty();
            }
            case EventType.MARIADB_GTID_LIST -> list(events.bytes(), events.at() + EventHeader.LENGTH);
            case EventType.MARIADB_GTID -> {
                // Jumps within a domain are legal: several servers may write to it, filters may leave transactions out.
                int body = events.at() + EventHeader.LENGTH;
                mariadb.put(EventHeader.uint32(events.bytes(), body + 8), EventHeader.uint64(events.bytes(), body));
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /** Forgets what came before: there is a hole. */
    void forget() {
        mysql = null;
        mariadb.clear();
    }

    private Optional<String> previous(EventReader events) throws IOException {
        if (tagged) {
            return Optional.empty();
        }
        MySqlGtids stated;
        try {
            stated = MySqlGtids.previous(events.bytes(), events.at(), events.kept());
        } catch (IOException e) {
            tagged = true;
            return Optional.empty();
        }
        MySqlGtids known = mysql;
        mysql = stated;
        return known == null || known.equals(stated)
                ? Optional.empty()
                : Optional.of("the file says that " + stated + " came before it, the archive has " + known);
    }

    private void add(String gtid) {
        if (mysql != null) {
            int colon = gtid.lastIndexOf(':');
            long number = Long.parseLong(gtid.substring(colon + 1));
            mysql.add(gtid.substring(0, colon), number, number);
        }
    }

    private Optional<String> list(byte[] bytes, int at) {
        long count = EventHeader.uint32(bytes, at) & LIST_COUNT_MASK;
        Map<Long, Long> stated = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int entry = at + 4 + i * LIST_ENTRY;
            stated.merge(EventHeader.uint32(bytes, entry), EventHeader.uint64(bytes, entry + 8), Math::max);
        }
        Map<Long, Long> known = Map.copyOf(mariadb);
        mariadb.putAll(stated);
        for (Map.Entry<Long, Long> domain : known.entrySet()) {
            long before = stated.getOrDefault(domain.getKey(), 0L);
            if (before > domain.getValue()) {
                return Optional.of("the file says that sequence " + before + " of domain " + domain.getKey()
                        + " came before it, the archive ends at " + domain.getValue());
            }
        }
        return Optional.empty();
    }
}
