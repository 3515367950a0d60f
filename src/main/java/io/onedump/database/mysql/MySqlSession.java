package io.onedump.database.mysql;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.Authenticator;
import com.github.shyiko.mysql.binlog.network.ClientCapabilities;
import com.github.shyiko.mysql.binlog.network.protocol.GreetingPacket;
import com.github.shyiko.mysql.binlog.network.protocol.PacketChannel;
import com.github.shyiko.mysql.binlog.network.protocol.command.SSLRequestCommand;

/**
 * A logged-in connection to a MySQL or MariaDB server: small questions in the text protocol, and binlog dumps. Accounts
 * with {@code mysql_native_password} or {@code caching_sha2_password} can log in. Not for use by several threads,
 * except {@link #close()}, which any thread may call to end a waiting read.
 */
public final class MySqlSession implements AutoCloseable {

    private static final int QUERY = 0x03;
    private static final int ERROR = 0xff;
    private static final int END = 0xfe;
    private static final int LOCAL_FILE = 0xfb;

    private final MySqlSettings settings;
    private final Socket socket;
    private final PacketChannel channel;
    private final String version;
    private final PacketReader reader;

    private MySqlSession(MySqlSettings settings, Socket socket, PacketChannel channel, String version)
            throws IOException {
        this.settings = settings;
        this.socket = socket;
        this.channel = channel;
        this.version = version;
        this.reader = new PacketReader(channel.getInputStream());
    }

    /**
     * Connects and logs in.
     *
     * @throws MySqlException when the server refuses us
     * @throws IOException    when it cannot be reached, or offers less encryption than the settings demand
     */
    public static MySqlSession connect(MySqlSettings settings) throws IOException {
        Socket socket = new Socket();
        try {
            int timeout = Math.toIntExact(settings.connectTimeout().toMillis());
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), timeout);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(timeout);
            MySqlSession session = logIn(settings, socket);
            session.readTimeout(settings.readTimeout());
            session.query("SET NAMES utf8mb4");
            return session;
        } catch (AuthenticationException e) {
            closeQuietly(socket);
            throw refusal(settings, e);
        } catch (MySqlException e) {
            closeQuietly(socket);
            throw e;
        } catch (IOException e) {
            closeQuietly(socket);
            throw new IOException(who(settings) + " failed: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "the host name cannot be resolved";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Code 0 is the library's own: MySQL asks accounts that do not exist for a method that it picks at random. */
    private static MySqlException refusal(MySqlSettings settings, AuthenticationException e) {
        String hint = e.getErrorCode() != 0
                ? ""
                : "; the account does not exist, or it needs mysql_native_password or caching_sha2_password";
        return new MySqlException(who(settings), e.getErrorCode(), e.getSqlState(), e.getMessage() + hint);
    }

    private static MySqlSession logIn(MySqlSettings settings, Socket socket) throws IOException {
        PacketChannel channel = new PacketChannel(socket);
        byte[] first = channel.read();
        throwIfError(first, who(settings));
        GreetingPacket greeting = new GreetingPacket(first);
        encrypt(settings, channel, greeting);
        new Authenticator(greeting, channel, null, settings.user(), settings.password()).authenticate();
        channel.authenticationComplete();
        // MariaDB up to 10 puts this in front, because old replicas refused a version that begins with "10".
        String version = greeting.getServerVersion().replaceFirst("^5\\.5\\.5-(?=.*MariaDB)", "");
        return new MySqlSession(settings, socket, channel, version);
    }

    private static void encrypt(MySqlSettings settings, PacketChannel channel, GreetingPacket greeting)
            throws IOException {
        boolean offered = (greeting.getServerCapabilities() & ClientCapabilities.SSL) != 0;
        if (settings.tls().wantsEncryption() && offered) {
            SSLRequestCommand request = new SSLRequestCommand();
            request.setCollation(greeting.getServerCollation());
            channel.write(request);
            channel.upgradeToSSL(new TlsSockets(settings), null);
        } else if (settings.tls().demandsEncryption()) {
            throw new IOException("the server offers no TLS, which TLS mode "
                    + settings.tls().name().toLowerCase(Locale.ROOT).replace('_', '-')
                    + " demands; set it up there, or choose the mode 'disabled' for a network that you trust");
        }
    }

    /**
     * Runs one statement.
     *
     * @return the rows; none for a statement without a result
     * @throws MySqlException when the server refuses it
     */
    public List<Row> query(String sql) throws IOException {
        send(QUERY, sql.getBytes(StandardCharsets.UTF_8));
        byte[] head = reader.payload();
        throwIfError(head, sql + " on " + settings.address());
        if (head[0] == 0) {
            return List.of();
        }
        if ((head[0] & 0xff) == LOCAL_FILE) {
            throw new IOException("LOAD DATA LOCAL is not supported: " + sql);
        }
        List<String> columns = columns((int) new Payload(head).lengthEncodedInteger());
        List<Row> rows = new ArrayList<>();
        for (byte[] row = reader.payload(); !isEnd(row); row = reader.payload()) {
            throwIfError(row, sql + " on " + settings.address());
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
        int length = payload.length;
        if (length >= PacketReader.MAX_PACKET) {
            throw new IllegalArgumentException("a command of " + length + " bytes is too long");
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream(length + 4);
        packet.write(length);
        packet.write(length >> 8);
        packet.write(length >> 16);
        packet.write(sequence);
        packet.write(payload, 0, length);
        channel.getOutputStream().write(packet.toByteArray());
        channel.getOutputStream().flush();
    }

    /** What the server sends. */
    public PacketReader packets() {
        return reader;
    }

    /** For example {@code 8.0.31} or {@code 10.11.19-MariaDB-0+deb12u1-log}. */
    public String serverVersion() {
        return version;
    }

    public Flavour flavour() {
        return Flavour.ofVersion(version);
    }

    public boolean encrypted() {
        return channel.isSSL();
    }

    /** This machine's address as the server sees it, unless something in between changes it. */
    public InetAddress localAddress() {
        return socket.getLocalAddress();
    }

    /** How long a read may wait before {@link java.net.SocketTimeoutException}; zero for ever. */
    public void readTimeout(Duration timeout) throws IOException {
        socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
    }

    @Override
    public void close() throws IOException {
        // Closing the TCP socket rather than the channel: TLS would first wait for the reader to let go of its lock.
        socket.close();
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

    private List<String> columns(int count) throws IOException {
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Payload definition = new Payload(reader.payload());
            // Catalog, schema, table and original table come before the name.
            for (int skipped = 0; skipped < 4; skipped++) {
                definition.lengthEncodedString();
            }
            names.add(definition.lengthEncodedString());
        }
        reader.payload();
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

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The reason for closing is on its way to the caller.
        }
    }
}
