package io.onedump.storage.sftp;

import java.io.IOException;
import java.time.Duration;

import io.onedump.artifact.Backoff;
import io.onedump.ssh.SshSettings;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpFailure;
import io.onedump.ssh.sftp.SftpFiles;

/** A connection, had when needed and again after it broke. Whoever comes next gets it only if all went well on it. */
final class SftpClient {

    private static final Backoff ONCE = new Backoff(1, Duration.ZERO, Duration.ZERO);
    /** Files are closed without waiting for the answer. */
    private static final int FEW = 4;

    private final SshSettings settings;
    private final Backoff backoff;
    private final IdleConnections idle;
    private volatile SftpChannel channel;
    private volatile boolean doubted;
    private int uses;

    /** Something that is under way on the connection. */
    interface Use extends AutoCloseable {
        @Override
        void close();
    }

    SftpClient(SshSettings settings, Backoff backoff, IdleConnections idle) {
        this.settings = settings;
        this.backoff = backoff;
        this.idle = idle;
    }

    SshSettings settings() {
        return settings;
    }

    SftpChannel channel() throws IOException {
        return channel(backoff);
    }

    SftpFiles files() throws IOException {
        return channel().files();
    }

    /** With one try to make a connection where there is none. */
    SftpFiles filesNow() throws IOException {
        return channel(ONCE).files();
    }

    private SftpChannel channel(Backoff tries) throws IOException {
        SftpChannel connected = channel;
        if (connected == null || !connected.isConnected()) {
            discard();
            connected = idle.take(settings, tries);
            channel = connected;
        }
        return connected;
    }

    /** Of the connection that there is, which may have broken; makes none. */
    SftpFailure failure(IOException e, String folder) {
        return SftpFailure.of(e, settings, channel, folder);
    }

    /** Whether there is one, even if it has broken; else the last tries to make one have failed. */
    boolean hasConnected() {
        return channel != null;
    }

    /** Until it is closed, whoever closes this one, from whichever thread, ends the connection. */
    synchronized Use use() {
        uses++;
        return this::endUse;
    }

    private synchronized void endUse() {
        uses--;
    }

    /** Something is half done on the connection: it is for nobody else. */
    void doubt() {
        doubted = true;
    }

    /** Ends it: nobody knows what is under way on it. */
    void discard() {
        SftpChannel ended = channel;
        channel = null;
        if (ended != null) {
            ended.close();
        }
        doubted = false;
    }

    synchronized void close() {
        if (channel != null && uses == 0 && !doubted && channel.outstanding() <= FEW) {
            idle.giveBack(settings, channel);
            channel = null;
        }
        discard();
    }
}
