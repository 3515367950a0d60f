package io.onedump.ssh.sftp;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.OptionalLibrary;
import io.onedump.artifact.Threads;
import io.onedump.ssh.OpenSshClient;
import io.onedump.ssh.SftpTransport;
import io.onedump.ssh.SshConnection;
import io.onedump.ssh.SshException;
import io.onedump.ssh.SshSettings;
import org.slf4j.Logger;

/**
 * SFTP version 3 with any number of requests on the way, so that the distance to the server does not set the speed. One
 * thread sends requests and, in {@link #handleNext()}, runs what is to be done with the answers; only {@link #post} may
 * be called by others. The server works in the order of the requests.
 */
public final class SftpChannel implements Closeable {

    /** The extension by which a rename replaces what is there. */
    public static final String POSIX_RENAME = "posix-rename@openssh.com";

    /** The extension that tells how much space there is. */
    public static final String STATVFS = "statvfs@openssh.com";

    /** The extension that writes a file to the disk. */
    public static final String FSYNC = "fsync@openssh.com";

    /** The extension that tells how large requests may be. */
    private static final String LIMITS = "limits@openssh.com";

    /** What every server must take. */
    private static final int SMALL_WRITE = 32 * 1024;
    private static final int LARGE_WRITE = 128 * 1024;

    private static final Logger LOG = CleanLog.of(SftpChannel.class);
    /** In the log-in only the first answer, which has no number of its own, has this one. */
    private static final int GREETING = 0;
    private static final int NUMBER = 4;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Map<Integer, Question> unanswered = new ConcurrentHashMap<>();
    private final SftpTransport transport;
    private final String target;
    private final SftpTimeouts timeouts;
    private final SilenceWatch watch;
    private final OutputStream out;
    private final Set<String> extensions;
    private final byte[] prefix = new byte[9];
    private final int writeSize;
    private int lastNumber;
    private int outstanding;
    private boolean greeted;
    /** Requests up to this number have left this process. */
    private volatile int flushed;
    private volatile boolean sending;
    /** Why the connection was ended here; null when it was not. */
    private volatile IOException ending;

    /** Makes something of an answer, in the channel's thread. */
    @FunctionalInterface
    public interface Handler {
        void accept(SftpReply reply) throws IOException;
    }

    /** Something that happens in the channel's thread. */
    @FunctionalInterface
    public interface Event {
        void run() throws IOException;
    }

    private record Question(SftpAction action, Handler handler) {
    }

    /**
     * @param target   for messages
     * @param patience for the server's first answer
     * @param threads  that watch for silence
     */
    SftpChannel(SftpTransport transport, String target, Duration patience, SftpTimeouts timeouts, Threads threads)
            throws IOException {
        this.transport = transport;
        this.target = target;
        this.timeouts = timeouts;
        this.watch = new SilenceWatch(threads, timeouts.answer().dividedBy(10), this::patience, this::giveUp);
        try {
            out = transport.openSftp(new ReplyStream(new Replies()));
            extensions = handshake(patience);
            writeSize = supports(LIMITS) && call(SftpRequest.extended(LIMITS)).maximumWrite() >= LARGE_WRITE
                    ? LARGE_WRITE
                    : SMALL_WRITE;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /**
     * Logs in, with OpenSSH's client where that can be. Where that fails, this process' own log-in succeeds or says
     * why.
     *
     * @throws SshException when there is no log-in
     */
    public static SftpChannel open(SshSettings settings) throws IOException {
        Optional<OpenSshClient> client = OpenSshClient.of(settings);
        if (client.isPresent()) {
            long started = System.nanoTime();
            try {
                return new SftpChannel(client.get(), settings.target(), settings.connectTimeout(),
                        SftpTimeouts.DEFAULT, settings.threads());
            } catch (InterruptedIOException | SftpProtocolException e) {
                throw e;
            } catch (IOException e) {
                if (System.nanoTime() - started >= settings.connectTimeout().toNanos()) {
                    throw SshException.noAnswer(settings, e);
                }
                LOG.debug("{}: not by OpenSSH's client: {}", settings.target(), e.getMessage());
            }
        }
        OptionalLibrary.JSCH.require(settings.target() + ": SFTP without OpenSSH's client");
        return new SftpChannel(SshConnection.open(settings), settings.target(), settings.connectTimeout(),
                SftpTimeouts.DEFAULT, settings.threads());
    }

    public boolean supports(String extension) {
        return extensions.contains(extension);
    }

    /** Bytes that are best sent in one write: larger ones cost less, where the server takes them. */
    public int writeSize() {
        return writeSize;
    }

    /** How many requests wait for their answers, or for what is to be done with them. */
    public int outstanding() {
        return outstanding;
    }

    public SftpFiles files() {
        return new SftpFiles(this);
    }

    public RemoteShell shell() {
        return new RemoteShell(this);
    }

    /** Sends a request, at the latest with the next {@link #handleNext()}; waits while the server's window is full. */
    public void send(SftpRequest request, Handler handler) throws IOException {
        int number = ++lastNumber;
        unanswered.put(number, new Question(request.action(), handler));
        outstanding++;
        ByteBuffer.wrap(prefix).putInt(request.size() + NUMBER).put(request.type()).putInt(number);
        write(() -> {
            out.write(prefix, 0, 9);
            out.write(request.head(), 0, request.headLength());
            out.write(request.data(), request.dataOffset(), request.dataLength());
        });
    }

    /** Sends what is still buffered, without waiting for any answer. */
    public void flush() throws IOException {
        int sent = lastNumber;
        write(out::flush);
        flushed = sent;
    }

    /** Handles what happens until every request has been answered. */
    public void awaitAnswers() throws IOException {
        while (outstanding > 0) {
            handleNext();
        }
    }

    /** Sends a request and handles everything that happens until its answer is there. */
    public SftpReply call(SftpRequest request) throws IOException {
        SftpReply[] answer = new SftpReply[1];
        send(request, reply -> answer[0] = reply);
        while (answer[0] == null) {
            handleNext();
        }
        return answer[0];
    }

    /** Sends the requests that put one file in the place of another, in one step where the server can. */
    public void replace(String from, String to, Handler done) throws IOException {
        if (supports(POSIX_RENAME)) {
            send(SftpRequest.replace(from, to), done);
        } else {
            // The server works in this order; that there was nothing to remove does not matter.
            send(SftpRequest.remove(to), reply -> {
            });
            send(SftpRequest.rename(from, to), done);
        }
    }

    /** Gives a file a name that nothing has; fails when something has it. */
    public void rename(String from, String to) throws IOException {
        call(SftpRequest.rename(from, to)).ok();
    }

    /** What is left of the folder's file system for this account. */
    SftpSpace space(String folder) throws IOException {
        try {
            return supports(STATVFS)
                    ? call(SftpRequest.fileSystem(folder.isEmpty() ? "." : folder)).space()
                    : SftpSpace.UNKNOWN;
        } catch (SftpStatusException e) {
            return SftpSpace.UNKNOWN;
        }
    }

    /**
     * Sends what is still buffered, waits for the next answer or event and runs it.
     *
     * @throws EOFException when the connection has ended
     */
    public void handleNext() throws IOException {
        Event event = events.poll();
        if (event == null) {
            flush();
            event = take();
        }
        event.run();
    }

    /** As the other one, for a command that reads nothing from the server's disk. */
    public String run(String command, InputStream input, long most) throws IOException {
        return run(command, input, most, 0);
    }

    /**
     * Runs a command on the server and waits for it, from any thread.
     *
     * @param  most bytes of output at the most
     * @param  read bytes that it reads from the server's disk
     * @return      its output; null where the server gives no shell, or prints more
     */
    public String run(String command, InputStream input, long most, long read) throws IOException {
        return transport.run(command, input, most, timeouts.ofCommand(read));
    }

    /**
     * Whether the server answers now, after a time in which nothing was asked of it: what has ended a connection
     * meanwhile may not have told this side.
     */
    public boolean answers(Duration longest) throws InterruptedIOException {
        boolean[] answered = new boolean[1];
        try {
            send(SftpRequest.stat("."), reply -> answered[0] = true);
            flush();
            long until = System.nanoTime() + longest.toNanos();
            while (!answered[0]) {
                Event event = events.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (event == null) {
                    return false;
                }
                event.run();
            }
            return isConnected();
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (IOException e) {
            LOG.debug("{}: the connection has ended: {}", target, e.getMessage());
            return false;
        }
    }

    public boolean isConnected() {
        return ending == null && transport.isConnected();
    }

    /** Runs an event in the channel's thread, from any thread. */
    public void post(Event event) {
        events.add(event);
    }

    @Override
    public void close() {
        watch.stop();
        transport.close();
    }

    private Set<String> handshake(Duration patience) throws IOException {
        SftpRequest init = SftpRequest.init();
        SftpReply[] version = new SftpReply[1];
        unanswered.put(GREETING, new Question(init.action(), reply -> version[0] = reply));
        outstanding++;
        ByteBuffer.wrap(prefix).putInt(init.size()).put(init.type());
        write(() -> {
            out.write(prefix, 0, 5);
            out.write(init.head(), 0, init.headLength());
            out.flush();
        });
        Event event;
        try {
            event = events.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        if (event == null) {
            throw new SshException(target + ": the server's SFTP subsystem does not answer; check it", false, null);
        }
        event.run();
        return version[0].extensions();
    }

    /** What comes from the server, in the thread that reads it. */
    private final class Replies implements ReplyStream.Receiver {

        @Override
        public void packet(ByteBuffer packet) throws SftpProtocolException {
            watch.heard();
            int type = Byte.toUnsignedInt(packet.get());
            int number = GREETING;
            if (greeted) {
                if (packet.remaining() < NUMBER) {
                    throw new SftpProtocolException("a packet of " + packet.limit() + " bytes");
                }
                number = packet.getInt();
            }
            greeted = true;
            Question question = unanswered.remove(number);
            if (question == null) {
                throw new SftpProtocolException("an answer to request " + Integer.toUnsignedString(number)
                        + ", which waits for none");
            }
            SftpReply reply = new SftpReply(question.action(), type, packet.slice());
            events.add(() -> {
                outstanding--;
                question.handler().accept(reply);
            });
        }

        @Override
        public void broken(SftpProtocolException reason) {
            end(reason);
        }

        @Override
        public void ended() {
            events.add(SftpChannel.this::tellEnd);
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }

    private void write(Write write) throws IOException {
        sending = true;
        try {
            write.run();
        } catch (IOException e) {
            throw Objects.requireNonNullElse(ending, e);
        } finally {
            sending = false;
        }
    }

    /** How long the server may be silent now; null while nothing is expected of it. */
    private Duration patience() {
        Duration longest = sending ? timeouts.answer() : null;
        for (Map.Entry<Integer, Question> entry : unanswered.entrySet()) {
            if (entry.getKey() - flushed <= 0 || sending) {
                Duration needed = timeouts.of(entry.getValue().action());
                longest = longest == null || longest.compareTo(needed) < 0 ? needed : longest;
            }
        }
        return longest;
    }

    private void giveUp() {
        end(new SshException(target + ": the server's SFTP subsystem has not answered for "
                + timeouts.answer().toSeconds() + " seconds; check it, its disk and the network", false, null));
    }

    /** From any thread. */
    private void end(IOException reason) {
        ending = reason;
        events.add(this::tellEnd);
        transport.close();
        watch.stop();
    }

    /** To everyone who waits for anything from now on. */
    private void tellEnd() throws IOException {
        events.add(this::tellEnd);
        if (ending != null) {
            throw ending;
        }
        throw new EOFException("the server ended the connection");
    }

    private Event take() throws IOException {
        try {
            return events.take();
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for the server");
    }
}
