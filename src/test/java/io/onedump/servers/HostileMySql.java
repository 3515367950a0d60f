package io.onedump.servers;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Answers in a MySQL server's place and does not come to an end, or says that what it sends is huge. */
public final class HostileMySql implements Closeable {

    /** What it does. */
    public enum Way {
        /** Takes the connection and says nothing. */
        SILENT,
        /** Greets and says nothing any more. */
        SILENT_AFTER_GREETING,
        /** Greets with a byte now and then. */
        DRIPPING_GREETING,
        /** Asks for the log-in again and again. */
        ENDLESS_LOG_IN,
        /** Lets clients in and answers no question. */
        SILENT_TO_QUESTIONS,
        /** Answers a question with a row now and then. */
        DRIPPING_ROWS,
        /** Answers a question with one row, of which a byte comes now and then. */
        DRIPPING_BYTES,
        /** Answers with rows that do not end. */
        ENDLESS_ROWS,
        /** Answers with rows of very many columns, all of them empty, that do not end. */
        ENDLESS_EMPTY_VALUES,
        /** Says that the answer has 2^62 columns. */
        MANY_COLUMNS,
        /** Describes many columns, each by a packet as long as they can be. */
        LONG_DEFINITIONS,
        /** Answers with one row in packets that do not end. */
        ENDLESS_PACKET,
        /** Answers with a row whose value says that it has 2^62 bytes. */
        LONG_VALUE,
        /** Answers each question with one row of one column, which has the value 1. */
        ALWAYS_ONE,
        /** Says yes to every statement, and sends a binlog whose first event comes with a byte now and then. */
        DRIPPING_EVENT
    }

    private static final byte[] OK = {0, 0, 0, 2, 0, 0, 0};
    private static final byte[] END = {(byte) 0xfe, 0, 0, 2, 0};
    private static final long PAUSE_NANOS = 50_000_000;
    private static final int LONGEST = 0xffffff;
    private static final int BINLOG_DUMP = 0x12;

    private final Way way;
    private final ServerSocket server;
    private final AtomicLong sent = new AtomicLong();
    private volatile int asked;

    private HostileMySql(Way way) throws IOException {
        this.way = way;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    public static HostileMySql start(Way way) throws IOException {
        return new HostileMySql(way);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many bytes clients have taken. */
    public long sent() {
        return sent.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> serve(socket));
            } catch (IOException e) {
                // It is closed.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            switch (way) {
                case SILENT -> in.read();
                case DRIPPING_GREETING -> drip(out, RogueMySql.packet(0, RogueMySql.greeting()));
                default -> {
                    out.write(RogueMySql.packet(0, RogueMySql.greeting()));
                    logIn(in, out);
                }
            }
            in.read();
        } catch (IOException e) {
            // The client hung up.
        }
    }

    private void logIn(DataInputStream in, OutputStream out) throws IOException {
        int next = read(in) + 1;
        if (way == Way.SILENT_AFTER_GREETING) {
            return;
        }
        byte[] again = "\u00femysql_native_password\0abcdefghijklmnopqrst\0".getBytes(StandardCharsets.ISO_8859_1);
        while (way == Way.ENDLESS_LOG_IN) {
            out.write(RogueMySql.packet(next, again));
            next = read(in) + 1;
        }
        out.write(RogueMySql.packet(next, OK));
        read(in);
        out.write(RogueMySql.packet(1, OK));
        while (true) {
            read(in);
            if (way == Way.DRIPPING_EVENT && asked == BINLOG_DUMP) {
                drip(out, RogueMySql.packet(1, new byte[100_000]));
            }
            answer(in, out);
        }
    }

    private void answer(DataInputStream in, OutputStream out) throws IOException {
        switch (way) {
            case SILENT_TO_QUESTIONS -> in.read();
            case DRIPPING_EVENT -> out.write(RogueMySql.packet(1, OK));
            case MANY_COLUMNS -> send(out, new byte[] {(byte) 0xfe, 0, 0, 0, 0, 0, 0, 0, 0x40});
            case LONG_DEFINITIONS -> {
                send(out, new byte[] {(byte) 0xfc, 0, 0x10});
                endless(out, new byte[LONGEST - 1]);
            }
            case ENDLESS_EMPTY_VALUES -> {
                send(out, new byte[] {(byte) 0xfc, 0, 0x10});
                for (int i = 0; i < 4096; i++) {
                    send(out, definition());
                }
                send(out, END);
                endless(out, new byte[4096]);
            }
            default -> {
                send(out, new byte[] {1});
                send(out, definition());
                send(out, END);
                rows(out);
            }
        }
    }

    private void rows(OutputStream out) throws IOException {
        byte[] row = "\3abc".getBytes(StandardCharsets.ISO_8859_1);
        switch (way) {
            case DRIPPING_ROWS -> {
                while (true) {
                    send(out, row);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
            case DRIPPING_BYTES -> drip(out, RogueMySql.packet(1, new byte[100_000]));
            case ENDLESS_ROWS -> endless(out, row);
            case ALWAYS_ONE -> {
                send(out, "\0011".getBytes(StandardCharsets.ISO_8859_1));
                send(out, END);
            }
            case ENDLESS_PACKET -> endless(out, new byte[LONGEST]);
            default -> {
                send(out, new byte[] {(byte) 0xfe, 0, 0, 0, 0, 0, 0, 0, 0x40, 'a'});
                send(out, END);
            }
        }
    }

    private void endless(OutputStream out, byte[] payload) throws IOException {
        while (true) {
            send(out, payload);
        }
    }

    private void send(OutputStream out, byte[] payload) throws IOException {
        byte[] packet = RogueMySql.packet(1, payload);
        out.write(packet);
        sent.addAndGet(packet.length);
    }

    private static void drip(OutputStream out, byte[] bytes) throws IOException {
        for (byte one : bytes) {
            out.write(one);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** A column named x. */
    private static byte[] definition() {
        ByteArrayOutputStream definition = new ByteArrayOutputStream();
        definition.writeBytes("\3def\0\0\0\1x\1x".getBytes(StandardCharsets.ISO_8859_1));
        definition.writeBytes(new byte[] {12, 33, 0, (byte) 255, 0, 0, 0, (byte) 253, 0, 0, 0, 0, 0});
        return definition.toByteArray();
    }

    /** @return the packet's sequence number */
    private int read(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        int sequence = in.readUnsignedByte();
        asked = length == 0 ? 0 : in.readUnsignedByte();
        in.skipNBytes(Math.max(0, length - 1));
        return sequence;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "hostile MySQL");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
