package io.onedump.database.postgres;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.onedump.artifact.CleanLog;
import io.onedump.database.AnswerWatch;
import org.slf4j.Logger;

/**
 * A logged-in connection to a PostgreSQL server: simple queries and COPY, both ways, of rows of any size. Not for use
 * by several threads, except {@link #close()}, which any thread may call to end a waiting read.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol.html">the protocol</a>
 */
public final class PgSession implements Closeable {

    private static final Logger LOG = CleanLog.of(PgSession.class);

    private static final int BUFFER = 1 << 20;
    /** Larger rows and answers are none of those that we ask for. */
    private static final long LONGEST_RESULT = 256L << 20;
    private static final int SHOWN = 120;
    private static final int LOG_IN_ANSWERS = 3;
    private static final int COPY_PART = 1 << 16;

    private final PgSettings settings;
    private final PgTransport transport;
    private final PgMessages messages;
    private final AnswerWatch watch;
    private final Map<String, String> parameters = new HashMap<>();
    private int process;
    private byte[] key = new byte[0];
    private Consumer<String> notices = notice -> {
    };
    private volatile boolean busy;
    private volatile boolean closed;

    private PgSession(PgSettings settings, PgTransport transport, AnswerWatch watch) throws IOException {
        this.settings = settings;
        this.transport = transport;
        this.watch = watch;
        this.messages = new PgMessages(transport.input(), transport.output(), BUFFER);
    }

    /**
     * Connects and logs in.
     *
     * @throws PgException when the server refuses us
     * @throws IOException when it cannot be reached, or is not as safe as it has to be
     */
    public static PgSession connect(PgSettings settings) throws IOException {
        String who = "connecting to " + settings.address() + " as '" + settings.user() + "'";
        PgTransport transport = null;
        AnswerWatch watch = null;
        try {
            transport = PgTransport.connect(settings);
            watch = new AnswerWatch(transport);
            watch.begin(settings.connectTimeout().multipliedBy(LOG_IN_ANSWERS));
            transport.encrypt();
            PgSession session = new PgSession(settings, transport, watch);
            new PgLogIn(settings, session.messages, transport.encrypted()).run(who);
            session.result(who);
            watch.end();
            session.transport.readTimeout(settings.readTimeout());
            return session;
        } catch (IOException e) {
            close(watch);
            close(transport);
            IOException why = watch == null ? e : watch.explain(e);
            throw why instanceof PgException ? why : new IOException(who + " failed: " + reason(why), why);
        } catch (RuntimeException | Error e) {
            close(watch);
            close(transport);
            throw e;
        }
    }

    private static String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "the host name cannot be resolved";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /** Is told what the server says beside its answers. */
    public void onNotice(Consumer<String> listener) {
        notices = listener;
    }

    /**
     * Runs statements, which are one transaction unless they say otherwise, and returns the rows of all of them; values
     * may be null.
     */
    public List<List<String>> query(String sql) throws IOException {
        return query(sql, beginning(sql));
    }

    /** @param context what is done, for messages */
    public List<List<String>> query(String sql, String context) throws IOException {
        return result(ask(sql, context));
    }

    /** The first value of the first row; null when it is SQL's NULL or there is no row. */
    public String value(String sql) throws IOException {
        List<List<String>> rows = query(sql);
        return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    /** Statements in the bytes that they have, of any length. */
    public void execute(byte[] sql, int offset, int length, String context) throws IOException {
        String where = begin(context);
        messages.head('Q', length + 1);
        messages.write(sql, offset, length);
        messages.write(new byte[1], 0, 1);
        messages.flush();
        result(where);
    }

    private List<List<String>> result(String context) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        PgException failure = null;
        long bytes = 0;
        while (true) {
            int type = messages.next(LONGEST_RESULT);
            switch (type) {
                case 'D' -> {
                    bytes += messages.limit() - messages.offset();
                    if (!messages.whole() || bytes > LONGEST_RESULT) {
                        throw new IOException(context + ": the answer is larger than what is asked for can be");
                    }
                    rows.add(row());
                }
                case 'E' -> failure = failure(context);
                case 'Z' -> {
                    busy = false;
                    if (failure != null) {
                        throw failure;
                    }
                    return rows;
                }
                case 'G' -> messages.send('f', "no rows come\0".getBytes(StandardCharsets.US_ASCII));
                default -> aside(type);
            }
        }
    }

    /** @throws PgException at once for an error after which the server hangs up */
    private PgException failure(String context) throws IOException {
        Map<Character, String> fields = messages.fields();
        PgException failure = new PgException(context, fields);
        if (List.of("FATAL", "PANIC").contains(fields.getOrDefault('V', fields.getOrDefault('S', "")))) {
            throw failure;
        }
        return failure;
    }

    /** An error in the middle of an answer, when that has ended. */
    private PgException ended(String context) throws IOException {
        PgException failure = failure(context);
        result(context);
        return failure;
    }

    /** What is part of no answer. */
    private void aside(int type) throws IOException {
        switch (type) {
            case 'S' -> parameters.put(messages.text(), messages.text());
            case 'K' -> {
                process = messages.integer();
                key = messages.rest();
            }
            case 'N' -> notices.accept(messages.fields().getOrDefault('M', ""));
            default -> {
                // Descriptions, ends of statements, notifications: nothing that is needed.
            }
        }
    }

    private List<String> row() throws IOException {
        int count = messages.shortInteger();
        List<String> row = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = messages.integer();
            row.add(length < 0 ? null : messages.text(length));
        }
        return row;
    }

    /**
     * Begins a COPY to us, whose rows have to be read to their end before anything else is asked.
     *
     * @param context what is read, for messages
     */
    public CopyRows copyOut(String sql, String context) throws IOException {
        String where = ask(sql, context);
        while (true) {
            int type = messages.next(LONGEST_RESULT);
            if (type == 'H') {
                return new CopyRows(this, where);
            }
            if (type == 'E') {
                throw ended(where);
            }
            if (type == 'Z') {
                throw new IOException(where + ": the server sends no rows");
            }
            aside(type);
        }
    }

    /** The next row's first part, or false when there is none. */
    boolean nextRow(String where) throws IOException {
        while (true) {
            int type = messages.next(Integer.MAX_VALUE);
            switch (type) {
                case 'd' -> {
                    return true;
                }
                case 'c' -> {
                    result(where);
                    return false;
                }
                case 'E' -> throw ended(where);
                default -> aside(type);
            }
        }
    }

    PgMessages messages() {
        return messages;
    }

    /**
     * A COPY from us.
     *
     * @param  rows        all of them, each ended by a line break
     * @throws PgException for what the server refuses
     */
    public void copyIn(String sql, InputStream rows, String context) throws IOException {
        String where = ask(sql, context);
        for (int type = messages.next(LONGEST_RESULT); type != 'G'; type = messages.next(LONGEST_RESULT)) {
            if (type == 'E') {
                throw ended(where);
            }
            aside(type);
        }
        byte[] part = new byte[COPY_PART];
        boolean whole = false;
        try {
            for (int read = rows.read(part); read >= 0; read = rows.read(part)) {
                messages.head('d', read);
                messages.write(part, 0, read);
            }
            whole = true;
        } finally {
            // The server must not take what has come for all there is.
            messages.send(whole ? 'c' : 'f', whole ? new byte[0] : new byte[] {'c', 'u', 't', 0});
            if (!whole) {
                close();
            }
        }
        result(where);
    }

    private String ask(String sql, String context) throws IOException {
        String where = begin(context);
        messages.send('Q', (sql + "\0").getBytes(StandardCharsets.UTF_8));
        return where;
    }

    private String begin(String context) {
        busy = true;
        String where = context + " on " + settings.address();
        messages.asking(where);
        return where;
    }

    private static String beginning(String sql) {
        return sql.length() > SHOWN ? sql.substring(0, SHOWN) + "…" : sql;
    }

    /** Such as {@code 15.18 (Debian 15.18-0+deb12u1)}. */
    public String serverVersion() {
        return parameters.getOrDefault("server_version", "");
    }

    /** How long a read may wait; zero for ever. */
    public void readTimeout(Duration timeout) throws IOException {
        transport.readTimeout(timeout);
    }

    /** Ends the session, and on the server what it is doing. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        boolean interrupted = busy;
        watch.close();
        if (!interrupted) {
            try {
                messages.send('X', new byte[0]);
            } catch (IOException e) {
                LOG.debug("saying good-bye to {}: {}", settings.address(), e.toString());
            }
        }
        transport.close();
        if (interrupted && process != 0) {
            try {
                PgTransport.cancel(settings, process, key);
            } catch (IOException e) {
                LOG.debug("cancelling at {}: {}", settings.address(), e.toString());
            }
        }
    }

    private static void close(Closeable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOG.debug("closing: {}", e.toString());
        }
    }
}
