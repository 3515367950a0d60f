package io.onedump.servers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.common.SftpException;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;

/** Lets writes to an SFTP server fail. */
public final class SftpFaults implements SftpEventListener {

    private enum Fault {
        NONE, CUT, NO_SPACE, DAMAGE, ANSWER
    }

    private Fault fault = Fault.NONE;
    private int status;
    private String text;
    private long limit;
    private long written;
    private int fired;
    private long asked;
    private final List<Integer> requests = new ArrayList<>();

    /** Cuts the connection once, before more than {@code bytes} more bytes are written; later ones are well again. */
    public synchronized void cutAfter(long bytes) {
        fault = Fault.CUT;
        limit = written + bytes;
    }

    /** Lets every write fail for want of space once {@code bytes} more bytes were written, until {@link #heal()}. */
    public synchronized void noSpaceAfter(long bytes) {
        fault = Fault.NO_SPACE;
        limit = written + bytes;
    }

    /** Answers the next write with that status, once. */
    public synchronized void answer(int status, String text) {
        fault = Fault.ANSWER;
        this.status = status;
        this.text = text;
        limit = written;
    }

    /** Stores one wrong byte in every write, until {@link #heal()}. */
    public synchronized void damageWrites() {
        fault = Fault.DAMAGE;
    }

    public synchronized void heal() {
        fault = Fault.NONE;
    }

    /** How many writes have failed. */
    public synchronized int fired() {
        return fired;
    }

    /** How many bytes of files clients have written so far. */
    public synchronized long written() {
        return written;
    }

    /** How many bytes of files clients have asked for so far, whether there were that many or not. */
    public synchronized long asked() {
        return asked;
    }

    /** The types of the requests so far. */
    public synchronized List<Integer> requests() {
        return List.copyOf(requests);
    }

    @Override
    public synchronized void received(ServerSession session, int type, int id) {
        requests.add(type);
    }

    @Override
    public synchronized void reading(ServerSession session, String remoteHandle, FileHandle file, long offset,
            byte[] data, int dataOffset, int length) {
        asked += length;
    }

    @Override
    public synchronized void writing(ServerSession session, String remoteHandle, FileHandle file, long offset,
            byte[] data, int dataOffset, int length) throws IOException {
        if (fault == Fault.DAMAGE) {
            data[dataOffset] ^= 1;
        }
        if (fault == Fault.NONE || fault == Fault.DAMAGE || written + length <= limit) {
            written += length;
            return;
        }
        fired++;
        if (fault == Fault.CUT) {
            fault = Fault.NONE;
            session.close(true);
            throw new IOException("Connection cut by the test");
        }
        if (fault == Fault.ANSWER) {
            fault = Fault.NONE;
            throw new SftpException(status, text);
        }
        // OpenSSH's text and, as SFTP 3 has no code for it, its general failure.
        throw new IOException("No space left on device");
    }
}
