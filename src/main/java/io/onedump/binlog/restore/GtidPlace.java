package io.onedump.binlog.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.onedump.binlog.event.LoggedTransaction;
import io.onedump.database.mysql.BinlogPosition;

/**
 * What a server had executed when it was dumped, to tell whether a place of the same name in an archive is of the same
 * log: transactions before it are among these, those behind it are not.
 *
 * <p>MariaDB writes the newest of each domain, {@code 0-1-12,1-1-5}; MySQL intervals, {@code uuid:1-5:7,uuid:1}, which
 * may have line breaks.
 */
final class GtidPlace {

    private record Interval(long first, long last) {
    }

    private final Map<String, List<Interval>> executed = new HashMap<>();
    /** MariaDB's newest of each domain, each the last of its domain before the place. */
    private final Map<String, String> newest = new HashMap<>();
    /** Of each domain the last that the archive has before the place. */
    private final Map<String, String> last = new HashMap<>();
    private final boolean mariadb;

    private GtidPlace(String gtids) {
        String text = gtids == null ? "" : gtids.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
        mariadb = text.matches("\\d+-\\d+-\\d+(,\\d+-\\d+-\\d+)*");
        for (String part : text.split(",")) {
            if (mariadb) {
                String[] numbers = part.split("-");
                add(numbers[0], 0, Long.parseLong(numbers[2]));
                newest.put(numbers[0], part);
            } else if (part.matches("[0-9a-f-]{36}(:\\d+(-\\d+)?)+")) {
                String[] pieces = part.split(":");
                for (int i = 1; i < pieces.length; i++) {
                    String[] ends = pieces[i].split("-");
                    add(pieces[0], Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
                }
            }
        }
    }

    /** @param gtids empty where the dump says none; then nothing is refused */
    static GtidPlace of(String gtids) {
        return new GtidPlace(gtids);
    }

    private void add(String source, long first, long last) {
        executed.computeIfAbsent(source, key -> new ArrayList<>()).add(new Interval(first, last));
    }

    /** Null where the transaction has none of that form. */
    private Boolean has(String gtid) {
        String text = gtid.toLowerCase(Locale.ROOT);
        int cut = mariadb ? text.indexOf('-') : text.lastIndexOf(':');
        if (executed.isEmpty() || cut < 0 || mariadb != text.matches("\\d+-\\d+-\\d+")) {
            return null;
        }
        long number = Long.parseLong(text.substring(Math.max(text.lastIndexOf('-'), text.lastIndexOf(':')) + 1));
        return executed.getOrDefault(text.substring(0, cut), List.of()).stream()
                .anyMatch(interval -> interval.first <= number && number <= interval.last);
    }

    /** @throws OtherHistoryException when the transaction before the place is not among those of the dump */
    void had(BinlogPosition place, LoggedTransaction transaction) throws OtherHistoryException {
        if (Boolean.FALSE.equals(has(transaction.begin().gtid()))) {
            throw new OtherHistoryException("the archive's " + place + " has transaction " + transaction.begin().gtid()
                    + " before it, which the dump has not: the dump is of another log");
        }
        String gtid = transaction.begin().gtid();
        last.put(gtid.substring(0, Math.max(0, gtid.indexOf('-'))), gtid);
    }

    /** @throws OtherHistoryException when the transaction behind the place is among those of the dump */
    void follows(BinlogPosition place, LoggedTransaction transaction) throws OtherHistoryException {
        for (Map.Entry<String, String> domain : newest.entrySet()) {
            String before = last.getOrDefault(domain.getKey(), domain.getValue());
            if (!before.equals(domain.getValue())) {
                throw new OtherHistoryException("the archive's " + place + " has transaction " + before
                        + " before it, where the dump has " + domain.getValue() + ": the dump is of another log");
            }
        }
        if (Boolean.TRUE.equals(has(transaction.begin().gtid()))) {
            throw new OtherHistoryException("the archive's " + place + " has transaction " + transaction.begin().gtid()
                    + " behind it, which the dump has already: the dump is of another log");
        }
    }
}
