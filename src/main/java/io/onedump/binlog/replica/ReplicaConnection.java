package io.onedump.binlog.replica;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import io.onedump.binlog.event.EventHeader;

/** Talks with one replica: answers the few questions replicas ask, then sends events. */
final class ReplicaConnection {

    private static final int QUIT = 0x01;
    private static final int QUERY = 0x03;
    private static final int PING = 0x0e;
    private static final int BINLOG_DUMP = 0x12;
    private static final int REGISTER_REPLICA = 0x15;
    private static final int UNKNOWN_COMMAND = 1047;
    private static final int UNKNOWN_VARIABLE = 1193;
    private static final int BINLOG_ERROR = 1236;
    private static final int HEARTBEAT_MILLIS = 5_000;

    private final Socket socket;
    private final ServedLog log;
    private final int serverId;
    private final String uuid;
    private final Clock clock;
    private final CommandReader in;
    private final PacketWriter out;

    ReplicaConnection(Socket socket, ServedLog log, int serverId, String uuid, Clock clock) throws IOException {
        this.socket = socket;
        this.log = log;
        this.serverId = serverId;
        this.uuid = uuid;
        this.clock = clock;
        this.in = new CommandReader(socket.getInputStream());
        this.out = new PacketWriter(socket.getOutputStream());
    }

    void run(ReplicaLogin login) throws IOException {
        // Replicas up to MariaDB 10 refuse a version that begins with "10".
        String version = log.version().contains("MariaDB") ? "5.5.5-" + log.version() : log.version();
        if (!login.admit(in, out, version)) {
            return;
        }
        while (true) {
            byte[] command = in.next();
            out.answer(in.sequence());
            switch (command[0]) {
                case QUIT -> {
                    return;
                }
                case QUERY -> answer(new String(command, 1, command.length - 1, StandardCharsets.UTF_8));
                case PING, REGISTER_REPLICA -> out.ok();
                case BINLOG_DUMP -> dump(command);
                default -> out.error(UNKNOWN_COMMAND, "Unknown command " + command[0]);
            }
        }
    }

    private void answer(String sql) throws IOException {
        String question = sql.toLowerCase(Locale.ROOT).strip();
        if (question.startsWith("set ")) {
            out.ok();
        } else if (question.startsWith("select unix_timestamp")) {
            out.row(List.of(Long.toString(clock.instant().getEpochSecond())));
        } else if (question.startsWith("show") && question.contains("'server_id'")) {
            out.row(List.of("server_id", Integer.toString(serverId)));
        } else if (question.contains("@@global.server_id")) {
            out.row(List.of(Integer.toString(serverId)));
        } else if (question.contains("@@global.server_uuid")) {
            out.row(List.of(uuid));
        } else if (question.contains("@@global.gtid_mode")) {
            out.row(List.of(log.anonymous() ? "OFF" : "ON"));
        } else if (question.contains("@@global.gtid_domain_id")) {
            out.row(List.of("0"));
        } else if (question.contains("_binlog_checksum")) {
            out.row(List.of(EventServer.checksums(log) ? "CRC32" : "NONE"));
        } else if (question.contains("binlog_gtid_pos")) {
            out.row(Arrays.asList((String) null));
        } else {
            out.error(UNKNOWN_VARIABLE, "Unknown to an archive: " + sql);
        }
    }

    private void dump(byte[] command) throws IOException {
        long offset = EventHeader.uint32(command, 1);
        String file = new String(command, 11, command.length - 11, StandardCharsets.UTF_8);
        EventServer events = new EventServer(log, new EventForge(serverId), out, EventServer.checksums(log));
        try {
            events.serve(file, offset);
        } catch (EOFException e) {
            out.error(BINLOG_ERROR, e.getMessage());
            throw e;
        }
        socket.setSoTimeout(HEARTBEAT_MILLIS);
        while (true) {
            try {
                in.next();
            } catch (SocketTimeoutException e) {
                events.heartbeat();
            }
        }
    }
}
