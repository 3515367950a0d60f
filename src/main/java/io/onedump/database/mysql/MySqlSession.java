package io.onedump.database.mysql;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.onedump.database.AnswerWatch;

/**
 * A logged-in connection to a MySQL or MariaDB server: small questions in the text protocol, and binlog dumps. Accounts
 * with {@code mysql_native_password} or {@code caching_sha2_password} can log in. Not for use by several threads,
 * except {@link #close()}, which any thread may call to end a waiting read.
 */
public final class MySqlSession implements Queries {

    private static final int QUERY = 0x03;
    static final int ERROR = 0xff;
    static final int END = 0xfe;
    private static final int LOCAL_FILE = 0xfb;

    /** No table has more; and no answer to a question of ours comes near these. */
    private static final int MOST_COLUMNS = 4096;
    private static final int LONGEST_DEFINITION = 64 << 10;
    private static final int LONGEST_ROW = 16 << 20;
    private static final long LONGEST_RESULT = 64L << 20;
    /** What a row and each of its values take in memory beside their text. */
    private static final int OVERHEAD = 60;

    /** The log-in as a whole, in the time that each of its answers may take. */
    private static final int LOG_IN_ANSWERS = 3;

    private final MySqlSettings settings;
    private final Transport transport;
    private final String version;
    private final String method;
    private final PacketReader reader;
    private final OutputStream output;
    private final AnswerWatch watch;

    private MySqlSession(MySqlSettings settings, Transport transport, AnswerWatch watch, String version, String method)
            throws IOException {
        this.settings = settings;
        this.transport = transport;
        this.watch = watch;
        this.version = version;
        this.method = method;
        this.reader = new PacketReader(transport.input());
        this.output = transport.output();
    }

    /**
     * Connects and logs in.
     *
     * @throws LogInMethodException when the server wants a method that we do not have or that would give the password
     *                              away
     * @throws MySqlException       when the server refuses us
     * @throws TlsRefusedException  when it offers less encryption than the settings demand
     * @throws IOException          when it cannot be reached
     */
    public static MySqlSession connect(MySqlSettings settings) throws IOException {
        Transport transport = null;
        AnswerWatch watch = null;
        try {
            transport = Transport.connect(settings);
            watch = new AnswerWatch(transport);
            watch.begin(settings.connectTimeout().multipliedBy(LOG_IN_ANSWERS));
            LogIn logIn = new LogIn(settings, transport, who(settings));
            MySqlSession session =
                    new MySqlSession(settings, transport, watch, logIn.run().version(), logIn.method());
            session.readTimeout(settings.readTimeout());
            session.query("SET NAMES utf8mb4");
            return session;
        } catch (IOException e) {
            closeQuietly(watch);
            closeQuietly(transport);
            throw failure(settings, watch == null ? e : watch.explain(e));
        } catch (RuntimeException | Error e) {
            closeQuietly(watch);
            closeQuietly(transport);
            throw e;
        }
    }

    private static IOException failure(MySqlSettings settings, IOException e) {
        if (e instanceof MySqlException) {
            return e;
        }
        String message = who(settings) + " failed: " + TlsSockets.refusal(settings, e).orElseGet(() -> reason(e));
        return e instanceof TlsRefusedException ? new TlsRefusedException(message, e) : new IOException(message, e);
    }

    private static String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "the host name cannot be resolved";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    @Override
    public List<Row> query(String sql) throws IOException {
        watch.begin(settings.readTimeout());
        try {
            return answer(sql, sql + " on " + settings.address());
        } catch (IOException e) {
            throw watch.explain(e);
        } finally {
            watch.end();
        }
    }

    private List<Row> answer(String sql, String context) throws IOException {
        send(QUERY, sql.getBytes(StandardCharsets.UTF_8));
        byte[] head = reader.payload(LONGEST_ROW);
        throwIfError(head, context);
        if (head[0] == 0) {
            return List.of();
        }
        if ((head[0] & 0xff) == LOCAL_FILE) {
            throw new IOException("LOAD DATA LOCAL is not supported: " + sql);
        }
        return rows(context, columns(context, new Payload(head).lengthEncodedInteger()));
    }

    /**
     * Runs one statement and hands its rows on as they come.
     *
     * @param context what is asked, for messages
     */
    public RowStream stream(String sql, String context) throws IOException {
        send(QUERY, sql.getBytes(StandardCharsets.UTF_8));
        return answer(context);
    }

    private RowStream answer(String context) throws IOException {
        String where = context + " on " + settings.address();
        byte[] head = reader.payload(LONGEST_ROW);
        throwIfError(head, where);
        if ((head[0] & 0xff) == LOCAL_FILE) {
            throw new IOException("LOAD DATA LOCAL is not supported: " + context);
        }
        return new RowStream(reader, where,
                head[0] == 0 ? 0 : columns(where, new Payload(head).lengthEncodedInteger()).size());
    }

    /**
     * Runs a statement of any length in the bytes that it has, without limit of time. Rows that it answers with are
     * passed over.
     *
     * @param context what is done, for messages
     */
    public void execute(byte[] sql, int offset, int length, String context) throws IOException {
        execute(new ByteArrayInputStream(sql, offset, length), length, context);
    }

    /**
     * The same of a statement that comes from a stream.
     *
     * @throws MySqlException for what the server refuses, also before the statement has ended
     */
    public void execute(InputStream sql, long length, String context) throws IOException {
        try {
            new PacketWriter(output).write(QUERY, sql, length);
        } catch (IOException e) {
            // A server that takes no statement of that length says so and hangs up.
            try {
                answer(context);
            } catch (MySqlException refused) {
                throw refused;
            } catch (IOException silent) {
                e.addSuppressed(silent);
            }
            throw new IOException(context + " on " + settings.address() + ": " + reason(e), e);
        }
        answer(context).skip();
    }

    /**
     * Runs one statement, whose rows are of no interest, on several sessions at once: each has it before the first has
     * answered.
     *
     * @throws MySqlException the first failure, when all have answered
     */
    public static void together(List<MySqlSession> sessions, String sql) throws IOException {
        for (MySqlSession session : sessions) {
            session.send(QUERY, sql.getBytes(StandardCharsets.UTF_8));
        }
        MySqlException failure = null;
        for (MySqlSession session : sessions) {
            try {
                session.answer(sql).skip();
            } catch (MySqlException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** The values of all rows of a small answer as the server sends them; null for SQL's NULL. */
    public List<byte[][]> bytes(String sql) throws IOException {
        RowStream stream = stream(sql, sql);
        List<byte[][]> rows = new ArrayList<>();
        while (stream.columns() > 0) {
            byte[] row = reader.payload(LONGEST_ROW);
            if (isEnd(row)) {
                break;
            }
            throwIfError(row, sql + " on " + settings.address());
            Payload payload = new Payload(row);
            byte[][] values = new byte[stream.columns()][];
            for (int i = 0; i < values.length; i++) {
                values[i] = payload.lengthEncodedBytes();
            }
            rows.add(values);
        }
        return rows;
    }

    /** All rows, unless they are endless. */
    private List<Row> rows(String context, List<String> columns) throws IOException {
        List<Row> rows = new ArrayList<>();
        long bytes = 0;
        for (byte[] row = reader.payload(LONGEST_ROW); !isEnd(row); row = reader.payload(LONGEST_ROW)) {
            throwIfError(row, context);
            bytes += row.length + (columns.size() + 1) * OVERHEAD;
            if (bytes > LONGEST_RESULT) {
                throw new IOException(context + ": the answer has more than " + LONGEST_RESULT + " bytes");
            }
            rows.add(new Row(columns, values(row, columns.size())));
        }
        return rows;
    }

    /** Sends a command of at most 2^24-2 bytes; what comes back is read with {@link #packets()}. */
    public void send(int command, byte[] argument) throws IOException {
        write(0, concat(command, argument));
    }

    /**
     * Sends one packet with sequence number 0 in the middle of the server's stream, as semi-synchronous replicas do.
     */
    public void write(int sequence, byte[] payload) throws IOException {
        output.write(PacketReader.packet(sequence, payload));
        output.flush();
    }

    /** What the server sends. */
    public PacketReader packets() {
        return reader;
    }

    @Override
    public String serverVersion() {
        return version;
    }

    /** The client's plugin that the account was proved by, for example {@code mysql_native_password}. */
    public String logInMethod() {
        return method;
    }

    public boolean encrypted() {
        return transport.encrypted();
    }

    /** This machine's address as the server sees it, unless something in between changes it. */
    public InetAddress localAddress() {
        return transport.localAddress();
    }

    /** How long a read may wait before {@link java.net.SocketTimeoutException}; zero for ever. */
    public void readTimeout(Duration timeout) throws IOException {
        transport.readTimeout(timeout);
    }

    /**
     * The same for what is read with {@link #packets()}, where a single byte is no sign that there will ever be a
     * packet.
     *
     * @param part for each part of a packet, from when it is waited for
     */
    public void readTimeout(Duration timeout, Duration part) throws IOException {
        readTimeout(timeout);
        reader.limit(watch, part);
    }

    @Override
    public void close() throws IOException {
        watch.close();
        transport.close();
    }

    /**
     * Does nothing unless the payload is an error packet.
     *
     * @param context what was asked, for the message
     */
    public static void throwIfError(byte[] payload, String context) throws IOException {
        if (payload.length == 0) {
            throw new IOException(context + ": the server sent an empty packet");
        }
        if ((payload[0] & 0xff) != ERROR) {
            return;
        }
        Payload error = new Payload(payload);
        error.integer(1);
        int code = (int) error.integer(2);
        boolean hasState = payload.length > 8 && payload[3] == '#';
        String state = hasState ? error.string(6).substring(1) : null;
        throw new MySqlException(context, code, state, error.rest());
    }

    private List<String> columns(String context, long count) throws IOException {
        if (count < 1 || count > MOST_COLUMNS) {
            throw new IOException(context + ": the server says that the answer has " + count + " columns");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Payload definition = new Payload(reader.payload(LONGEST_DEFINITION));
            // Catalog, schema, table and original table come before the name.
            for (int skipped = 0; skipped < 4; skipped++) {
                definition.lengthEncodedString();
            }
            names.add(definition.lengthEncodedString());
        }
        reader.payload(LONGEST_DEFINITION);
        return List.copyOf(names);
    }

    private static List<String> values(byte[] row, int count) throws IOException {
        Payload payload = new Payload(row);
        List<String> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(payload.lengthEncodedString());
        }
        return values;
    }

    private static boolean isEnd(byte[] payload) {
        return payload.length < 9 && payload.length > 0 && (payload[0] & 0xff) == END;
    }

    private static byte[] concat(int command, byte[] argument) {
        byte[] whole = new byte[argument.length + 1];
        whole[0] = (byte) command;
        System.arraycopy(argument, 0, whole, 1, argument.length);
        return whole;
    }

    private static String who(MySqlSettings settings) {
        return "connecting to " + settings.address() + " as '" + settings.user() + "'";
    }

    private static void closeQuietly(Closeable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            // The reason for closing is on its way to the caller.
        }
    }
}
