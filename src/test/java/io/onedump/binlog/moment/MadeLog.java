package io.onedump.binlog.moment;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.CRC32;

import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventType;

/** One binlog file of either family, written by hand. */
final class MadeLog {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final UUID mysql;
    private final int server;

    /** @param mysql the server's name; null for MariaDB, which has none */
    MadeLog(UUID mysql, int server, Instant created) {
        this.mysql = mysql;
        this.server = server;
        bytes.writeBytes(new byte[] {(byte) 0xfe, 'b', 'i', 'n'});
        byte[] body = new byte[2 + 50 + 4 + 1 + 40 + 1];
        body[0] = 4;
        byte[] version = version().getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(version, 0, body, 2, version.length);
        body[body.length - 1] = 1;
        event(EventType.FORMAT_DESCRIPTION, body, created);
    }

    String version() {
        return mysql == null ? "10.11.6-MariaDB-log" : "8.0.31";
    }

    /** A change of rows, of which nothing but the commit is here. */
    void rows(long number, Instant time) {
        gtid(number, time);
        event(EventType.XID, new byte[8], time);
    }

    /** A statement with its GTID. */
    void transaction(long number, Instant time, String sql) {
        gtid(number, time);
        byte[] text = sql.getBytes(StandardCharsets.US_ASCII);
        event(EventType.QUERY, ByteBuffer.allocate(14 + text.length).put(14, text).array(), time);
    }

    private void gtid(long number, Instant time) {
        ByteBuffer gtid = ByteBuffer.allocate(mysql == null ? 19 : 49).order(ByteOrder.LITTLE_ENDIAN);
        if (mysql == null) {
            gtid.putLong(number).putInt(0);
            event(EventType.MARIADB_GTID, gtid.array(), time);
        } else {
            gtid.put((byte) 0).order(ByteOrder.BIG_ENDIAN).putLong(mysql.getMostSignificantBits())
                    .putLong(mysql.getLeastSignificantBits()).order(ByteOrder.LITTLE_ENDIAN).putLong(number);
            long micros = time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
            for (int i = 0; i < 7; i++) {
                gtid.put(42 + i, (byte) (micros >> 8 * i));
            }
            event(EventType.GTID, gtid.array(), time);
        }
    }

    void rotate(String next, Instant time) {
        byte[] name = next.getBytes(StandardCharsets.US_ASCII);
        event(EventType.ROTATE, ByteBuffer.allocate(8 + name.length).order(ByteOrder.LITTLE_ENDIAN).putLong(4)
                .put(name).array(), time);
    }

    private void event(int type, byte[] body, Instant time) {
        int length = EventHeader.LENGTH + body.length + EventHeader.CHECKSUM;
        ByteBuffer event = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        event.putInt((int) time.getEpochSecond()).put((byte) type).putInt(server).putInt(length)
                .putInt(bytes.size() + length).putShort((short) 0).put(body);
        CRC32 crc = new CRC32();
        crc.update(event.array(), 0, length - EventHeader.CHECKSUM);
        bytes.writeBytes(event.putInt((int) crc.getValue()).array());
    }

    int size() {
        return bytes.size();
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
