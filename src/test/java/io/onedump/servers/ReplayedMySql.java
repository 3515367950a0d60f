package io.onedump.servers;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.EventHeader;

/**
 * Answers in the place of a MySQL or MariaDB server that writes the same binlog file again and again, at a pace: some
 * hundred of them fit into one process. Everybody may log in.
 */
public final class ReplayedMySql implements Closeable {

    private static final int QUERY = 3;
    private static final int BINLOG_DUMP = 0x12;
    private static final int NON_BLOCK = 1;
    private static final int LARGEST_BATCH = 1 << 20;
    private static final long TICK = 200_000_000;
    private static final long HEARTBEAT = 2_000_000_000;
    private static final long STACK = 128 << 10;
    private static final byte[] OK = {0, 0, 0, 2, 0, 0, 0};
    private static final byte[] END = {(byte) 0xfe, 0, 0, 2, 0};

    private final BinlogRecording recording;
    private final int number;
    private final long eventsASecond;
    private final ServerSocket server;
    private final AtomicLong questions = new AtomicLong();
    private long started = System.nanoTime();
    private long before;
    private boolean stopped;

    private ReplayedMySql(BinlogRecording recording, int number, long before, long eventsASecond) throws IOException {
        this.recording = recording;
        this.number = number;
        this.before = before;
        this.eventsASecond = eventsASecond;
        this.server = Loopback.listen();
        daemon(this::accept);
    }

    /**
     * @param number        its server id, which no other has
     * @param before        how many events it has written when it starts
     * @param eventsASecond how many it writes from then on
     */
    public static ReplayedMySql start(BinlogRecording recording, int number, long before, long eventsASecond)
            throws IOException {
        return new ReplayedMySql(recording, number, before, eventsASecond);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Connections and commands, which each take a round trip. */
    public long questions() {
        return questions.get();
    }

    /** How many events it has written. */
    public synchronized long written() {
        return stopped ? before : before + (System.nanoTime() - started) / 1000 * eventsASecond / 1_000_000;
    }

    /** How many bytes its files have. */
    public long size() {
        long written = written();
        return written / recording.events() * recording.offset(recording.events())
                + (written % recording.events() == 0 ? 0 : recording.offset(inFile(written)));
    }

    /** From now on it writes nothing more. */
    public synchronized void stopWriting() {
        before = written();
        stopped = true;
    }

    /** From now on it writes at its pace. */
    public synchronized void goOn() {
        started = System.nanoTime();
        stopped = false;
    }

    /** Every byte of its log up to now, file by file. */
    public List<byte[]> files() {
        long written = written();
        List<byte[]> files = new ArrayList<>();
        for (long first = 0; first < written; first += recording.events()) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(new byte[] {(byte) 0xfe, 'b', 'i', 'n'});
            for (long event = first; event < Math.min(written, first + recording.events()); event++) {
                file.writeBytes(event(event));
            }
            files.add(file.toByteArray());
        }
        return files;
    }

    private byte[] event(long event) {
        return recording.event(inFile(event), number, file(event));
    }

    private int inFile(long event) {
        return (int) (event % recording.events());
    }

    /** The file that holds an event. */
    private BinlogName file(long event) {
        return new BinlogName("binlog", event / recording.events() + 1);
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
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            questions.incrementAndGet();
            out.write(RogueMySql.packet(0, RogueMySql.greeting(recording.version())));
            command(in);
            out.write(RogueMySql.packet(2, OK));
            while (true) {
                byte[] command = command(in);
                questions.incrementAndGet();
                if (command[0] == BINLOG_DUMP) {
                    dump(command, out);
                    return;
                }
                if (command[0] != QUERY) {
                    return;
                }
                answer(new String(command, 1, command.length - 1, StandardCharsets.UTF_8), out);
            }
        } catch (IOException e) {
            // The client hung up.
        }
    }

    private static byte[] command(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
        in.readByte();
        return in.readNBytes(length);
    }

    private void answer(String question, OutputStream out) throws IOException {
        long written = written();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        if (question.startsWith("SELECT @@global.server_u")) {
            rows(answer, List.of("id"), List.of(List.of("11111111-2222-3333-4444-" + (555_000_000_000L + number))));
        } else if (question.equals("SHOW BINARY LOGS")) {
            List<List<String>> files = new ArrayList<>();
            for (long first = 0; first < written; first += recording.events()) {
                int last = (int) Math.min(written - first, recording.events());
                files.add(List.of(file(first).toString(), "" + recording.offset(last)));
            }
            rows(answer, List.of("Log_name", "File_size"), files);
        } else if (question.startsWith("SHOW BINARY LOG STATUS")) {
            rows(answer, List.of("File", "Position", "Executed_Gtid_Set"), List.of(List.of(
                    file(written - 1).toString(), "" + recording.offset(inFile(written - 1) + 1), "")));
        } else if (question.startsWith("SELECT @@gtid_binlog_pos")) {
            rows(answer, List.of("gtids"), List.of(List.of("")));
        } else if (question.startsWith("SHOW GLOBAL VARIABLES")) {
            rows(answer, List.of("Variable_name", "Value"), List.of());
        } else {
            answer.writeBytes(RogueMySql.packet(1, OK));
        }
        out.write(answer.toByteArray());
    }

    private static void rows(ByteArrayOutputStream answer, List<String> columns, List<List<String>> rows) {
        int sequence = 1;
        answer.writeBytes(RogueMySql.packet(sequence++, new byte[] {(byte) columns.size()}));
        for (String column : columns) {
            ByteArrayOutputStream definition = new ByteArrayOutputStream();
            List.of("def", "", "", "", column, column).forEach(text -> text(definition, text));
            definition.writeBytes(new byte[] {12, 45, 0, (byte) 255, 0, 0, 0, (byte) 253, 0, 0, 0, 0, 0});
            answer.writeBytes(RogueMySql.packet(sequence++, definition.toByteArray()));
        }
        answer.writeBytes(RogueMySql.packet(sequence++, END));
        for (List<String> row : rows) {
            ByteArrayOutputStream values = new ByteArrayOutputStream();
            row.forEach(value -> text(values, value));
            answer.writeBytes(RogueMySql.packet(sequence++, values.toByteArray()));
        }
        answer.writeBytes(RogueMySql.packet(sequence, END));
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends the log from where it is asked for, and follows it unless it is asked not to. */
    private void dump(byte[] command, OutputStream out) throws IOException {
        long offset = EventHeader.uint32(command, 1);
        boolean follow = (command[5] & NON_BLOCK) == 0;
        BinlogName from = BinlogName.parse(new String(command, 11, command.length - 11, StandardCharsets.UTF_8));
        long first = (from.number() - 1) * recording.events();
        long next = first + recording.eventAt(offset);
        Packets packets = new Packets(out);
        packets.add(BinlogRecording.rotateTo(from, offset, number));
        if (next > first) {
            packets.add(recording.event(0, number, from));
        }
        long spoken = System.nanoTime();
        while (!server.isClosed()) {
            long written = written();
            while (next < written) {
                packets.add(event(next));
                next++;
                if (next % recording.events() == 0) {
                    packets.add(BinlogRecording.rotateTo(file(next), BinlogRecording.MAGIC, number));
                }
                spoken = System.nanoTime();
            }
            if (!follow) {
                packets.end();
                return;
            }
            if (System.nanoTime() - spoken > HEARTBEAT) {
                packets.add(BinlogRecording.heartbeat(file(next), number));
                spoken = System.nanoTime();
            }
            packets.flush();
            LockSupport.parkNanos(TICK);
        }
    }

    /** Gathers packets, as a server that has much to send does. */
    private static final class Packets {
        private final OutputStream out;
        private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
        private int sequence = 1;

        Packets(OutputStream out) {
            this.out = out;
        }

        void add(byte[] event) throws IOException {
            byte[] payload = new byte[event.length + 1];
            System.arraycopy(event, 0, payload, 1, event.length);
            waiting.writeBytes(RogueMySql.packet(sequence++, payload));
            if (waiting.size() > LARGEST_BATCH) {
                flush();
            }
        }

        void end() throws IOException {
            waiting.writeBytes(RogueMySql.packet(sequence++, END));
            flush();
        }

        void flush() throws IOException {
            waiting.writeTo(out);
            waiting.reset();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(null, work, "replayed MySQL", STACK);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
