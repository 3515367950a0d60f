package io.onedump.ssh.sftp;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts the bytes that a server sends into packets: four bytes of length, then as many bytes. What comes after a packet
 * that can be none is thrown away.
 */
final class ReplyStream extends OutputStream {

    /** OpenSSH's client takes 256 KiB, so that no server sends more. */
    private static final int LONGEST = 1 << 20;
    private static final int LENGTH = 4;

    private final Receiver receiver;
    private byte[] buffer = new byte[64 * 1024];
    private int filled;
    private boolean broken;

    /** Takes what was cut, in the thread that writes. */
    interface Receiver {

        /** @param packet without its length, at least one byte */
        void packet(ByteBuffer packet) throws SftpProtocolException;

        void broken(SftpProtocolException reason);

        void ended();
    }

    ReplyStream(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (broken) {
            return;
        }
        if (filled + length > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, filled + length));
        }
        System.arraycopy(bytes, offset, buffer, filled, length);
        filled += length;
        try {
            cut();
        } catch (SftpProtocolException e) {
            broken = true;
            buffer = new byte[0];
            receiver.broken(e);
        }
    }

    @Override
    public void close() {
        receiver.ended();
    }

    private void cut() throws SftpProtocolException {
        int start = 0;
        while (filled - start >= LENGTH) {
            int length = ByteBuffer.wrap(buffer).getInt(start);
            if (length < 1 || length > LONGEST) {
                throw new SftpProtocolException("a packet of " + Integer.toUnsignedString(length) + " bytes; where a"
                        + " log-in script of that account prints something, let it be quiet");
            }
            int end = start + LENGTH + length;
            if (end > filled) {
                break;
            }
            receiver.packet(ByteBuffer.wrap(Arrays.copyOfRange(buffer, start + LENGTH, end)));
            start = end;
        }
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
    }
}
