package io.onedump.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** Carries the packets of a server's SFTP subsystem, and runs commands beside them. */
public interface SftpTransport extends Closeable {

    /**
     * Opens the subsystem, once.
     *
     * @param replies takes what the server sends, in a thread of its own, and is closed at the end; it must not block
     * @return        goes to the server, packed into as few packets as its {@link OutputStream#flush()} allows
     */
    OutputStream openSftp(OutputStream replies) throws IOException;

    /**
     * Runs a command and waits for it; any thread may.
     *
     * @param  input what it reads; another thread copies it
     * @param  most  bytes of output at the most
     * @return       its output; null where the server gives no shell, or prints more
     */
    String run(String command, InputStream input, long most) throws IOException;

    /**
     * The same for a while only: a command that never ends is no sign of a dead connection.
     *
     * @throws SshException when it has not ended by then
     */
    default String run(String command, InputStream input, long most, Duration longest) throws IOException {
        return run(command, input, most);
    }

    boolean isConnected();

    @Override
    void close();
}
