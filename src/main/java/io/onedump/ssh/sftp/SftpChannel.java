package io.onedump.ssh.sftp;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.onedump.artifact.OptionalLibrary;
import io.onedump.ssh.OpenSshClient;
import io.onedump.ssh.SftpTransport;
import io.onedump.ssh.SshConnection;
import io.onedump.ssh.SshException;
import io.onedump.ssh.SshSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(SftpChannel.class);
    private static final Duration HANDSHAKE = Duration.ofSeconds(30);

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Map<Integer, Handler> waiting = new HashMap<>();
    private final SftpTransport transport;
    private final OutputStream out;
    private final Set<String> extensions;
    private final byte[] prefix = new byte[9];
    private final int writeSize;
    private int lastNumber;
    private boolean greeted;

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

    private SftpChannel(SftpTransport transport, Duration patience) throws IOException {
        this.transport = transport;
        try {
            out = transport.openSftp(new ReplyStream(this::received, this::closed));
            extensions = handshake(patience);
            writeSize = supports(LIMITS) && call(SftpRequest.extended(LIMITS)).maximumWrite() >= LARGE_WRITE
                    ? LARGE_WRITE
                    : SMALL_WRITE;
        } catch (IOException e) {
            transport.close();
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
                return new SftpChannel(client.get(), settings.connectTimeout());
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                if (System.nanoTime() - started >= settings.connectTimeout().toNanos()) {
                    throw SshException.noAnswer(settings, e);
                }
                LOG.debug("{}: not by OpenSSH's client: {}", settings.target(), e.getMessage());
            }
        }
        OptionalLibrary.JSCH.require(settings.target() + ": SFTP without OpenSSH's client");
        return new SftpChannel(SshConnection.open(settings), HANDSHAKE);
    }

    public boolean supports(String extension) {
        return extensions.contains(extension);
    }

    /** Bytes that are best sent in one write: larger ones cost less, where the server takes them. */
    public int writeSize() {
        return writeSize;
    }

    /** How many requests wait for their answers. */
    public int outstanding() {
        return waiting.size();
    }

    /** Sends a request, at the latest with the next {@link #handleNext()}; waits while the server's window is full. */
    public void send(SftpRequest request, Handler handler) throws IOException {
        int number = ++lastNumber;
        waiting.put(number, handler);
        ByteBuffer.wrap(prefix).putInt(request.size() + 4).put(request.type()).putInt(number);
        out.write(prefix, 0, 9);
        out.write(request.head(), 0, request.headLength());
        out.write(request.data(), request.dataOffset(), request.dataLength());
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

    /**
     * Bytes that this account may still write to the folder's file system.
     *
     * @return {@link Long#MAX_VALUE} when the server does not tell
     */
    public long freeBytes(String folder) {
        try {
            return supports(STATVFS) ? call(SftpRequest.fileSystem(folder)).freeBytes() : Long.MAX_VALUE;
        } catch (IOException e) {
            return Long.MAX_VALUE;
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
            out.flush();
            event = take();
        }
        event.run();
    }

    /**
     * Runs a command on the server and waits for it, from any thread.
     *
     * @return its output; null where the server gives no shell
     */
    public String run(String command, InputStream input) throws IOException {
        return transport.run(command, input);
    }

    public boolean isConnected() {
        return transport.isConnected();
    }

    /** Runs an event in the channel's thread, from any thread. */
    public void post(Event event) {
        events.add(event);
    }

    @Override
    public void close() {
        transport.close();
    }

    private Set<String> handshake(Duration patience) throws IOException {
        SftpRequest init = SftpRequest.init();
        ByteBuffer.wrap(prefix).putInt(init.size()).put(init.type());
        out.write(prefix, 0, 5);
        out.write(init.head(), 0, init.headLength());
        out.flush();
        SftpReply[] version = new SftpReply[1];
        waiting.put(0, reply -> version[0] = reply);
        Event event;
        try {
            event = events.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
        if (event == null) {
            throw new IOException("the server does not answer on its SFTP subsystem");
        }
        event.run();
        return version[0].extensions();
    }

    /** The first answer has no number. */
    private void received(ByteBuffer packet) {
        SftpReply reply = new SftpReply(packet);
        int number = greeted ? reply.number() : 0;
        greeted = true;
        events.add(() -> waiting.remove(number).accept(reply));
    }

    private void closed() {
        events.add(this::tellEnd);
    }

    /** To everyone who waits for anything from now on. */
    private void tellEnd() throws EOFException {
        events.add(this::tellEnd);
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
