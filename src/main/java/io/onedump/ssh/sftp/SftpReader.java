package io.onedump.ssh.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

import io.onedump.artifact.BulkInputStream;

/**
 * Reads a file, with many requests on the way. The channel may be used for other requests meanwhile, by the same
 * thread.
 */
public final class SftpReader extends InputStream {

    private static final int READ = 32 * 1024;
    private static final int OUTSTANDING = 128;
    /** So that a small file takes one request and its end, and a large one is soon at full speed. */
    private static final int FIRST = 1;

    private final SftpChannel channel;
    private final byte[] handle;
    private final Deque<Part> parts = new ArrayDeque<>();
    private long asked;
    private int window = FIRST;
    private byte[] current = new byte[0];
    private int position;
    private boolean ended;

    /** What was asked for, and what came. */
    private static final class Part {
        private final long offset;
        private final int length;
        private SftpReply reply;

        Part(long offset, int length) {
            this.offset = offset;
            this.length = length;
        }
    }

    /** @throws SftpStatusException when the server does not open the file */
    public SftpReader(SftpChannel channel, String file, long offset) throws IOException {
        this.channel = channel;
        this.handle = channel.call(SftpRequest.read(file)).handle();
        this.asked = offset;
    }

    @Override
    public int read() throws IOException {
        return BulkInputStream.single(this);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        while (position == current.length && !ended) {
            next();
        }
        if (length == 0) {
            return 0;
        }
        int read = Math.min(length, current.length - position);
        System.arraycopy(current, position, bytes, offset, read);
        position += read;
        return read == 0 ? -1 : read;
    }

    private void next() throws IOException {
        while (parts.size() < window) {
            parts.add(ask(asked, READ));
            asked += READ;
        }
        Part first = parts.poll();
        while (first.reply == null) {
            channel.handleNext();
        }
        byte[] data = first.reply.data();
        if (data != null && (data.length == 0 || data.length > first.length)) {
            throw new SftpProtocolException(data.length + " bytes of a file when asked for " + first.length);
        }
        ended = data == null;
        current = ended ? new byte[0] : data;
        position = 0;
        if (ended) {
            return;
        }
        if (data.length < first.length) {
            // A server may send less than it was asked for, not only at the end of the file.
            parts.addFirst(ask(first.offset + data.length, first.length - data.length));
        } else {
            window = Math.min(OUTSTANDING, 2 * window);
        }
    }

    private Part ask(long offset, int length) throws IOException {
        Part part = new Part(offset, length);
        channel.send(SftpRequest.read(handle, offset, length), reply -> part.reply = reply);
        return part;
    }

    /** Whether everything was read, so that nobody waits for anything any more. */
    public boolean hasEnded() {
        return ended;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        if (channel.isConnected()) {
            channel.send(SftpRequest.close(handle), reply -> {
            });
            channel.flush();
        }
    }
}
