package io.onedump.binlog.event;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A set of MySQL's GTIDs: for each server the numbers of its transactions, as intervals. Mutable.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/replication-gtids-concepts.html">GTID sets</a>
 */
public final class MySqlGtids {

    /** Server to first number to last number of each interval; intervals neither touch nor overlap. */
    private final Map<String, TreeMap<Long, Long>> intervals = new TreeMap<>();

    /**
     * Reads a PREVIOUS_GTIDS event: what all files before this one hold.
     *
     * @throws IOException for sets with tags (MySQL 8.3 and up), which have another form
     */
    public static MySqlGtids previous(byte[] bytes, int at, int length) throws IOException {
        MySqlGtids gtids = new MySqlGtids();
        int from = at + EventHeader.LENGTH;
        long servers = EventHeader.uint64(bytes, from);
        from += 8;
        if (servers < 0 || servers > length) {
            throw new IOException("GTID sets with tags are not supported");
        }
        for (long i = 0; i < servers; i++) {
            String server = uuid(bytes, from);
            long count = EventHeader.uint64(bytes, from + 16);
            from += 24;
            for (long j = 0; j < count; j++, from += 16) {
                gtids.add(server, EventHeader.uint64(bytes, from), EventHeader.uint64(bytes, from + 8) - 1);
            }
        }
        return gtids;
    }

    static String uuid(byte[] bytes, int at) {
        return new UUID(Long.reverseBytes(EventHeader.uint64(bytes, at)),
                Long.reverseBytes(EventHeader.uint64(bytes, at + 8))).toString();
    }

    /** Adds the transactions {@code first} to {@code last} of a server. */
    public void add(String server, long first, long last) {
        TreeMap<Long, Long> own = intervals.computeIfAbsent(server, key -> new TreeMap<>());
        long from = first;
        long to = last;
        Map.Entry<Long, Long> below = own.floorEntry(from);
        if (below != null && below.getValue() >= from - 1) {
            from = below.getKey();
            to = Math.max(to, below.getValue());
        }
        for (Map.Entry<Long, Long> above = own.ceilingEntry(from); above != null && above.getKey() <= to + 1; above =
                own.ceilingEntry(from)) {
            to = Math.max(to, above.getValue());
            own.remove(above.getKey());
        }
        own.put(from, to);
    }

    /** Whether it has that transaction of a server. */
    public boolean contains(String server, long number) {
        Map.Entry<Long, Long> interval =
                intervals.containsKey(server) ? intervals.get(server).floorEntry(number) : null;
        return interval != null && interval.getValue() >= number;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MySqlGtids gtids && gtids.intervals.equals(intervals);
    }

    @Override
    public int hashCode() {
        return intervals.hashCode();
    }

    /** As MySQL writes it: {@code uuid:1-5:7,uuid:1}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        intervals.forEach((server, own) -> {
            text.append(text.isEmpty() ? "" : ",").append(server);
            own.forEach((first, last) -> text.append(':').append(first).append(first.equals(last) ? "" : "-" + last));
        });
        return text.toString();
    }
}
