package io.onedump.database;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import io.onedump.artifact.BulkInputStream;

/** A connected Unix socket as two streams, whose reads can time out: the platform's own stream of one cannot. */
public final class UnixSocket implements Closeable {

    private final SocketChannel channel;
    private final Selector readable = Selector.open();
    private final Selector writable = Selector.open();
    private volatile long timeoutMillis;

    private UnixSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        channel.register(readable, SelectionKey.OP_READ);
        channel.register(writable, SelectionKey.OP_WRITE);
    }

    public static UnixSocket connect(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return new UnixSocket(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (e instanceof SocketException || e instanceof RuntimeException) {
                throw e;
            }
            SocketException failure = new SocketException(e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    public void readTimeout(Duration timeout) {
        timeoutMillis = timeout.toMillis();
    }

    public InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return BulkInputStream.single(this);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, bytes.length);
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                while (true) {
                    int read = channel.read(buffer);
                    if (read != 0 || length == 0) {
                        return read;
                    }
                    await(readable, timeoutMillis);
                }
            }

            @Override
            public int available() throws IOException {
                return readable.selectNow(key -> {
                }) > 0 ? 1 : 0;
            }
        };
    }

    public OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                while (buffer.hasRemaining()) {
                    if (channel.write(buffer) == 0) {
                        await(writable, 0);
                    }
                }
            }
        };
    }

    private static void await(Selector selector, long millis) throws IOException {
        try {
            int ready = selector.select(key -> {
            }, millis);
            if (Thread.currentThread().isInterrupted()) {
                throw new SocketException("interrupted");
            }
            if (ready == 0 && millis > 0 && selector.isOpen()) {
                throw new SocketTimeoutException("Read timed out");
            }
        } catch (ClosedSelectorException e) {
            throw new SocketException("Socket closed");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        readable.close();
        writable.close();
    }
}
