package io.onedump.ssh.sftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.onedump.artifact.Threads;
import io.onedump.ssh.SftpTransport;

/** An SFTP server that answers what a test says, in the thread that sends to it. */
final class ScriptedSftp implements SftpTransport {

    static final int OPEN = 3;
    static final int READ = 5;
    static final int OPEN_FOLDER = 11;
    static final int READ_FOLDER = 12;

    private static final int INIT = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<String> extensions;
    private final Script script;
    private final List<Integer> asked = new ArrayList<>();
    private OutputStream replies;
    private boolean connected = true;

    /** Makes the bytes that are sent back, with the length of each packet; null for none. */
    interface Script {
        byte[] answer(int type, int number, ByteBuffer body);
    }

    ScriptedSftp(Script script, String... extensions) {
        this.script = script;
        this.extensions = List.of(extensions);
    }

    SftpChannel open() throws IOException {
        return open(SftpTimeouts.DEFAULT);
    }

    SftpChannel open(SftpTimeouts timeouts) throws IOException {
        return new SftpChannel(this, "the test's server", PATIENCE, timeouts, Threads.daemons());
    }

    /** The types of the requests so far. */
    List<Integer> asked() {
        return asked;
    }

    @Override
    public OutputStream openSftp(OutputStream replies) {
        this.replies = replies;
        return new Requests();
    }

    @Override
    public String run(String command, InputStream input, long most) {
        return null;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public void close() {
        if (connected) {
            connected = false;
            try {
                replies.close();
            } catch (IOException e) {
                throw new IllegalStateException("it only tells the channel", e);
            }
        }
    }

    static byte[] status(int number, int code, String text) {
        ByteBuffer packet = ByteBuffer.allocate(1000).put((byte) 101).putInt(number).putInt(code);
        return packet(string(packet, text));
    }

    static byte[] data(int number, int length) {
        return packet(string(ByteBuffer.allocate(length + 100).put((byte) 103).putInt(number), "x".repeat(length)));
    }

    /** Entries of a folder, without attributes. */
    static byte[] names(int number, String... names) {
        ByteBuffer packet = ByteBuffer.allocate(100 + 40 * names.length).put((byte) 104).putInt(number)
                .putInt(names.length);
        for (String name : names) {
            string(string(packet, name), "").putInt(0);
        }
        return packet(packet);
    }

    static byte[] handle(int number) {
        return packet(string(ByteBuffer.allocate(100).put((byte) 102).putInt(number), "h"));
    }

    /** {@code statvfs} with blocks of one byte. */
    static byte[] space(int number, long bytes, long files, boolean readOnly) {
        ByteBuffer packet = ByteBuffer.allocate(100).put((byte) 201).putInt(number);
        for (long value : new long[] {1, 1, 1L << 40, bytes, bytes, 1 << 20, files, files, 1, readOnly ? 1 : 0, 255}) {
            packet.putLong(value);
        }
        return packet(packet);
    }

    /** What was put into it, with its length in front. */
    static byte[] packet(ByteBuffer content) {
        byte[] bytes = new byte[content.position() + 4];
        ByteBuffer.wrap(bytes).putInt(content.position()).put(content.flip());
        return bytes;
    }

    static ByteBuffer string(ByteBuffer packet, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return packet.putInt(bytes.length).put(bytes);
    }

    private final class Requests extends OutputStream {

        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            sent.write(b);
        }

        @Override
        public void flush() throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(sent.toByteArray());
            sent.reset();
            while (bytes.hasRemaining()) {
                int length = bytes.getInt();
                ByteBuffer request = bytes.slice(bytes.position(), length);
                bytes.position(bytes.position() + length);
                answer(request);
            }
        }

        private void answer(ByteBuffer request) throws IOException {
            int type = Byte.toUnsignedInt(request.get());
            int number = request.getInt();
            if (type == INIT) {
                replies.write(version());
                return;
            }
            asked.add(type);
            byte[] answer = script.answer(type, number, request.slice());
            if (answer != null) {
                replies.write(answer);
            }
        }

        private byte[] version() {
            ByteBuffer packet = ByteBuffer.allocate(1000).put((byte) 2).putInt(3);
            extensions.forEach(name -> string(string(packet, name), "1"));
            return packet(packet);
        }
    }
}
