package io.onedump.ssh.sftp;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts the bytes that a server sends into packets: four bytes of length, then as many bytes. */
final class ReplyStream extends OutputStream {

    private static final int LENGTH = 4;

    private final Consumer<ByteBuffer> packets;
    private final Runnable onClose;
    private byte[] buffer = new byte[64 * 1024];
    private int filled;

    ReplyStream(Consumer<ByteBuffer> packets, Runnable onClose) {
        this.packets = packets;
        this.onClose = onClose;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (filled + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, filled + length));
        }
        System.arraycopy(bytes, offset, buffer, filled, length);
        filled += length;
        int start = 0;
        while (filled - start >= LENGTH) {
            int end = start + LENGTH + ByteBuffer.wrap(buffer).getInt(start);
            if (end > filled) {
                break;
            }
            packets.accept(ByteBuffer.wrap(Arrays.copyOfRange(buffer, start + LENGTH, end)));
            start = end;
        }
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
    }

    @Override
    public void close() {
        onClose.run();
    }
}
