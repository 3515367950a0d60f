package io.onedump.binlog.source;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.PacketReader;

/**
 * A server's binary log as it sends it to replicas: byte for byte what its files hold, with artificial events between.
 * It is opened at a file and an offset; GTID positioning would leave transactions out.
 *
 * @see <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_binlog_dump.html">COM_BINLOG_DUMP</a>
 */
public final class BinlogStream implements Closeable {

    private static final int COM_BINLOG_DUMP = 0x12;
    private static final int NON_BLOCK = 1;
    /** MariaDB leaves ANNOTATE_ROWS events out without it. */
    private static final int SEND_ANNOTATE_ROWS = 2;
    private static final int END = 0xfe;
    private static final int ERROR = 0xff;
    private static final int SEMI_SYNC = 0xef;
    private static final int SEMI_SYNC_HEADER = 2;

    private final MySqlSession session;
    private final boolean semiSync;
    private final String context;

    private BinlogStream(MySqlSession session, boolean semiSync, String context) {
        this.session = session;
        this.semiSync = semiSync;
        this.context = context;
    }

    /**
     * Asks for everything from a position on.
     *
     * @param follow whether to wait for what is yet to be written; else the stream ends at the end of the newest file
     */
    public static BinlogStream open(StreamSettings settings, BinlogPosition from, boolean follow) throws IOException {
        return open(settings, from, follow, settings.part());
    }

    /** @param part for each part of an event, see {@link StreamSettings#part()} */
    static BinlogStream open(StreamSettings settings, BinlogPosition from, boolean follow, Duration part)
            throws IOException {
        MySqlSession session = MySqlSession.connect(settings.server());
        try {
            return open(session, settings, from, follow, part);
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static BinlogStream open(MySqlSession session, StreamSettings settings, BinlogPosition from, boolean follow,
            Duration part) throws IOException {
        boolean mariadb = session.flavour() == Flavour.MARIADB;
        for (String statement : preparation(settings, mariadb)) {
            session.query(statement);
        }
        boolean semiSync = follow && settings.semiSync() && SemiSync.offered(session);
        if (semiSync) {
            SemiSync.request(session);
        }
        session.readTimeout(settings.silence(), part);
        int flags = (mariadb ? SEND_ANNOTATE_ROWS : 0) | (follow ? 0 : NON_BLOCK);
        session.send(COM_BINLOG_DUMP, dump(from, flags, settings.serverId()));
        return new BinlogStream(session, semiSync, "binlog of " + settings.server().address() + " from " + from);
    }

    private static List<String> preparation(StreamSettings settings, boolean mariadb) {
        String heartbeat = "SET @master_heartbeat_period=" + settings.heartbeat().toNanos();
        // A slow disk here must not make the server hang up.
        String patience = "SET SESSION net_write_timeout=600";
        // With NONE the stored checksums still come. Without a word about it the server refuses files that have them.
        String checksum = "SET @master_binlog_checksum='NONE'";
        if (mariadb) {
            // Below this the server rewrites or drops its GTID events.
            return List.of(heartbeat, patience, checksum, "SET @mariadb_slave_capability=4");
        }
        return List.of(heartbeat, patience, checksum,
                "SET @source_heartbeat_period=" + settings.heartbeat().toNanos(),
                "SET @source_binlog_checksum='NONE'",
                "SET @slave_uuid='" + settings.uuid() + "', @replica_uuid='" + settings.uuid() + "'");
    }

    private static byte[] dump(BinlogPosition from, int flags, long serverId) {
        if (from.offset() > 0xffffffffL) {
            throw new IllegalArgumentException(from + ": the protocol cannot start beyond 4 GiB");
        }
        ByteArrayOutputStream argument = new ByteArrayOutputStream();
        integer(argument, from.offset(), 4);
        integer(argument, flags, 2);
        integer(argument, serverId, 4);
        argument.writeBytes(from.file().getBytes(StandardCharsets.UTF_8));
        return argument.toByteArray();
    }

    /** Whether the server waits for our acknowledgements. */
    public boolean semiSync() {
        return semiSync;
    }

    /**
     * Hands all events to the sink, until the server says that there are no more.
     *
     * @throws MySqlException when the server refuses to go on
     * @throws IOException    when the connection breaks or is silent for too long, or from the sink
     */
    public void copyTo(EventSink sink) throws IOException {
        PacketReader packets = session.packets();
        boolean acknowledge = false;
        while (true) {
            if (packets.dry()) {
                sink.idle();
            }
            packets.next();
            byte[] buffer = packets.buffer();
            int from = packets.offset();
            int to = packets.limit();
            if (packets.first()) {
                int status = from < to ? buffer[from] & 0xff : -1;
                if (status == END && to - from < 9) {
                    sink.idle();
                    return;
                }
                if (status != 0) {
                    refuse(status, Arrays.copyOfRange(buffer, from, to));
                }
                from++;
                if (semiSync && (buffer[from] & 0xff) == SEMI_SYNC) {
                    acknowledge = buffer[from + 1] != 0;
                    from += SEMI_SYNC_HEADER;
                }
            }
            sink.part(buffer, from, to, packets.first(), packets.last());
            if (acknowledge && packets.last()) {
                sink.sync();
                acknowledge(sink);
                acknowledge = false;
            }
        }
    }

    private void refuse(int status, byte[] payload) throws IOException {
        if (status == ERROR) {
            MySqlSession.throwIfError(payload, context);
        }
        throw new IOException(context + ": the server sent a packet with status " + status + " in place of an event");
    }

    private void acknowledge(EventSink sink) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(SEMI_SYNC);
        integer(payload, sink.offset(), 8);
        payload.writeBytes(sink.file().getBytes(StandardCharsets.UTF_8));
        session.write(0, payload.toByteArray());
    }

    private static void integer(ByteArrayOutputStream out, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)));
        }
    }

    /** Ends {@link #copyTo} from any thread. */
    @Override
    public void close() throws IOException {
        session.close();
    }
}
