package io.onedump.binlog.event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.InflaterInputStream;

import com.github.luben.zstd.ZstdInputStream;
import io.onedump.database.mysql.Payload;

/**
 * Collects the tables and statements of a transaction's events, also from compressed ones. Statements come in the
 * client's character set, which is taken for UTF-8; long ones are cut.
 */
final class EventContent {

    private static final int LONGEST_STATEMENT = 4096;
    private static final int QUERY_POST_HEADER = 13;
    /** The same and three places in the statement, an id and a way with duplicates. */
    private static final int LOAD_POST_HEADER = 26;
    private static final int MOST_COMMENTS = 100;
    private static final int PAYLOAD_END = 0;
    private static final int PAYLOAD_COMPRESSION = 2;
    private static final int ZSTD = 0;
    private static final Set<String> FRAME = Set.of("BEGIN", "COMMIT", "ROLLBACK");

    private final Set<String> tables;
    private final List<LoggedTransaction.Statement> statements;
    private final Map<Long, TableMap> maps = new HashMap<>();
    private final Map<String, RowChanges> changes = new LinkedHashMap<>();
    private final List<String> comments = new ArrayList<>();

    EventContent(Set<String> tables, List<LoggedTransaction.Statement> statements) {
        this.tables = tables;
        this.statements = statements;
    }

    /** What was done to rows, by table. */
    Map<String, RowChanges> changes() {
        return changes;
    }

    /** The statements that row changes come from. */
    List<String> comments() {
        return comments;
    }

    /**
     * @param length of what is there of the event, without its checksum
     * @param whole  whether that is all of it
     */
    void read(byte[] bytes, int at, int length, boolean whole) throws IOException {
        switch (EventHeader.type(bytes, at)) {
            case EventType.TABLE_MAP -> table(bytes, at);
            case EventType.QUERY -> query(bytes, at, length, false, QUERY_POST_HEADER);
            case EventType.EXECUTE_LOAD_QUERY -> query(bytes, at, length, false, LOAD_POST_HEADER);
            case EventType.MARIADB_QUERY_COMPRESSED -> query(bytes, at, length, true, QUERY_POST_HEADER);
            case EventType.TRANSACTION_PAYLOAD -> payload(bytes, at + EventHeader.LENGTH, at + length);
            // The byte in front of the text is its length, or what fits of it.
            case EventType.ROWS_QUERY -> comment(bytes, at + EventHeader.LENGTH + 1, at + length);
            case EventType.MARIADB_ANNOTATE_ROWS -> comment(bytes, at + EventHeader.LENGTH, at + length);
            default -> rows(bytes, at, length, whole);
        }
    }

    private void comment(byte[] bytes, int from, int to) {
        if (comments.size() < MOST_COMMENTS) {
            comments.add(text(bytes, from, Math.min(LONGEST_STATEMENT, to - from)));
        }
    }

    private void table(byte[] bytes, int at) throws IOException {
        TableMap table = TableMap.of(bytes, at);
        maps.put(TableMap.id(bytes, at), table);
        tables.add(table.name());
    }

    /** Of all other events those with rows are of interest. */
    private void rows(byte[] bytes, int at, int length, boolean whole) {
        TableMap table = RowsEvent.of(EventHeader.type(bytes, at)) == null ? null : maps.get(TableMap.id(bytes, at));
        if (table != null) {
            changes.merge(table.name(), table.count(bytes, at, length, whole), RowChanges::plus);
        }
    }

    /** Where the text of a query event begins. */
    static int statementAt(byte[] bytes, int at) {
        return databaseAt(bytes, at, QUERY_POST_HEADER) + (bytes[at + EventHeader.LENGTH + 8] & 0xff) + 1;
    }

    private static int databaseAt(byte[] bytes, int at, int postHeader) {
        int body = at + EventHeader.LENGTH;
        return body + postHeader + ((bytes[body + 11] & 0xff) | (bytes[body + 12] & 0xff) << 8);
    }

    private void query(byte[] bytes, int at, int length, boolean compressed, int postHeader) throws IOException {
        int databaseLength = bytes[at + EventHeader.LENGTH + 8] & 0xff;
        int databaseAt = databaseAt(bytes, at, postHeader);
        int sqlAt = databaseAt + databaseLength + 1;
        int sqlLength = at + length - sqlAt;
        String sql = compressed
                ? inflate(bytes, sqlAt, sqlLength)
                : text(bytes, sqlAt, Math.min(sqlLength, LONGEST_STATEMENT));
        if (!FRAME.contains(sql)) {
            statements.add(new LoggedTransaction.Statement(text(bytes, databaseAt, databaseLength), sql));
        }
    }

    /** MariaDB: a byte whose low three bits count the bytes of the length that follows, then zlib's format. */
    private static String inflate(byte[] bytes, int at, int length) throws IOException {
        int skipped = 1 + (bytes[at] & 0x07);
        try (InputStream in =
                new InflaterInputStream(new ByteArrayInputStream(bytes, at + skipped, length - skipped))) {
            return new String(in.readNBytes(LONGEST_STATEMENT), StandardCharsets.UTF_8);
        }
    }

    /** MySQL: fields of type, length and value, then events without checksums, compressed as a whole. */
    private void payload(byte[] bytes, int from, int to) throws IOException {
        Payload fields = new Payload(bytes, from);
        long compression = ZSTD;
        for (long type = fields.lengthEncodedInteger(); type != PAYLOAD_END; type = fields.lengthEncodedInteger()) {
            long length = fields.lengthEncodedInteger();
            if (type == PAYLOAD_COMPRESSION) {
                compression = new Payload(bytes, fields.at()).lengthEncodedInteger();
            }
            fields.skip(length);
        }
        InputStream stored = new ByteArrayInputStream(bytes, fields.at(), to - fields.at());
        try (InputStream in = compression == ZSTD ? new ZstdInputStream(stored).setContinuous(true) : stored) {
            events(in);
        }
    }

    private void events(InputStream in) throws IOException {
        for (byte[] header = in.readNBytes(EventHeader.LENGTH); header.length == EventHeader.LENGTH; header =
                in.readNBytes(EventHeader.LENGTH)) {
            long body = EventHeader.length(header, 0) - EventHeader.LENGTH;
            int kept = (int) Math.min(body, 1 << 20);
            byte[] event = Arrays.copyOf(header, EventHeader.LENGTH + kept);
            if (in.readNBytes(event, EventHeader.LENGTH, kept) < kept) {
                return;
            }
            read(event, 0, event.length, kept == body);
            in.skipNBytes(body - kept);
        }
    }

    private static String text(byte[] bytes, int at, int length) {
        return new String(bytes, at, Math.max(0, length), StandardCharsets.UTF_8);
    }
}
