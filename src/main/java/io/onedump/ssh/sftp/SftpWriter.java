package io.onedump.ssh.sftp;

import java.io.IOException;
import java.io.InputStream;

/** Writes a stream to a file, with many requests on the way. */
public final class SftpWriter {

    /** Enough for OpenSSH's window of 2 MiB never to run dry. */
    private static final int OUTSTANDING = 256;

    private final SftpChannel channel;
    private final byte[] handle;
    private final long offset;
    private int outstanding;
    private IOException failure;

    /** @param offset where to write; the file is made anew when it is 0 */
    public SftpWriter(SftpChannel channel, String file, long offset) throws IOException {
        this.channel = channel;
        this.handle = channel.call(offset == 0 ? SftpRequest.create(file) : SftpRequest.update(file)).handle();
        this.offset = offset;
    }

    /**
     * Writes to the end of the stream and, where the server can, to its disk, and closes the file.
     *
     * @throws SftpStatusException what the server refused first
     */
    public void write(InputStream in) throws IOException {
        byte[] buffer = new byte[channel.writeSize()];
        long position = offset;
        for (int read; failure == null && (read = in.readNBytes(buffer, 0, buffer.length)) > 0; position += read) {
            await(OUTSTANDING - 1);
            send(SftpRequest.write(handle, position, buffer, 0, read));
        }
        if (channel.supports(SftpChannel.FSYNC)) {
            send(SftpRequest.sync(handle));
        }
        send(SftpRequest.close(handle));
        await(0);
        if (failure != null) {
            throw failure;
        }
    }

    private void send(SftpRequest request) throws IOException {
        outstanding++;
        channel.send(request, this::answered);
    }

    private void answered(SftpReply reply) throws IOException {
        outstanding--;
        try {
            reply.ok();
        } catch (SftpStatusException e) {
            failure = failure == null ? e : failure;
        }
    }

    private void await(int most) throws IOException {
        while (outstanding > most) {
            channel.handleNext();
        }
    }
}
