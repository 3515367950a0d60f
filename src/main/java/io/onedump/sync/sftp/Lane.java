package io.onedump.sync.sftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.storage.StorageException;
import io.onedump.storage.TransientStorageException;
import io.onedump.sync.sftp.SftpServer.Session;
import io.onedump.sync.source.SourceFile;
import org.slf4j.Logger;

/**
 * One connection to the server and the thread that keeps it busy. When it breaks, what was on the way is returned and a
 * new one is made, until several in a row got nothing done.
 */
final class Lane implements Runnable {

    private static final Logger LOG = CleanLog.of(Lane.class);

    private final SftpServer server;
    private final SendPlan plan;
    private Session lent;
    private byte[] buffer;
    private final Set<SmallUpload> small = new HashSet<>();
    private final Map<LargeUpload, LargeSender> large = new HashMap<>();
    private int sending;
    private int blocks;
    private boolean progress;
    private Session session;
    private ProofBatch proofs;

    /** @param lent a connection to begin with, which stays open unless it breaks; null to make one */
    Lane(SftpServer server, SendPlan plan, Session lent) {
        this.server = server;
        this.plan = plan;
        this.lent = lent;
    }

    @Override
    public void run() {
        for (int failures = 0; !plan.isFinished();) {
            try {
                connectAndSend();
                return;
            } catch (IOException e) {
                IOException failure = server.failure(null, "", e);
                failures = progress ? 1 : failures + 1;
                giveBack();
                if (!(failure instanceof TransientStorageException) || failures >= plan.transfers().maxAttempts()) {
                    plan.retire(failure);
                    return;
                }
                LOG.warn("{}; connecting again", failure.getMessage());
                if (!pause(failures)) {
                    plan.retire(new InterruptedIOException("interrupted"));
                    return;
                }
            } catch (RuntimeException | Error e) {
                // The others would wait for ever for what this one has begun.
                giveBack();
                plan.retire(new StorageException("sync to " + server.location("") + ": " + e, e));
                throw e;
            }
        }
    }

    private void connectAndSend() throws IOException {
        progress = false;
        session = lent;
        lent = null;
        if (session == null) {
            try (Session own = server.connect()) {
                session = own;
                send();
            }
        } else {
            try {
                send();
            } catch (IOException e) {
                session.close();
                throw e;
            }
        }
    }

    private void send() throws IOException {
        buffer = new byte[channel().writeSize()];
        proofs = new ProofBatch(this);
        while (true) {
            if (startNext()) {
                continue;
            }
            boolean idle = channel().outstanding() == 0;
            if (idle || sending == 0) {
                proofs.start();
            }
            if (!idle || proofs.isRunning()) {
                channel().handleNext();
            } else if (plan.isFinished()) {
                return;
            } else {
                awaitMore();
            }
        }
    }

    /** @return false when there is nothing to start, or enough on the way */
    private boolean startNext() throws IOException {
        if (blocks < SftpLimits.BLOCKS) {
            LargeUpload.Block block = plan.nextBlock();
            if (block != null) {
                blocks++;
                sender(block.upload()).send(block);
                return true;
            }
        }
        SourceFile file = sending < SftpLimits.FILES ? plan.nextFile() : null;
        if (file == null) {
            return false;
        }
        if (file.size() > SftpLimits.WHOLE_FILE) {
            LargeUpload upload = new LargeUpload(file, server);
            if (sender(upload).prepare()) {
                plan.share(upload);
            }
        } else {
            SmallUpload upload = new SmallUpload(this, file);
            small.add(upload);
            sending++;
            upload.start();
        }
        return true;
    }

    /** Handles of files that have ended are given back first: servers allow so many. */
    private LargeSender sender(LargeUpload upload) throws IOException {
        for (LargeSender other : large.values()) {
            other.closeIfEnded();
        }
        large.values().removeIf(LargeSender::isDone);
        return large.computeIfAbsent(upload, begun -> new LargeSender(this, begun));
    }

    Session session() {
        return session;
    }

    SftpChannel channel() {
        return session.channel();
    }

    SftpServer server() {
        return server;
    }

    SendPlan plan() {
        return plan;
    }

    /** For what is read of a file before it is sent. */
    byte[] buffer() {
        return buffer;
    }

    void sent(SourceFile file, long bytes) {
        plan.transfers().sent(file, bytes);
    }

    void arrived(SmallUpload upload) throws IOException {
        progress = true;
        sending--;
        proofs.add(upload);
    }

    void finished(SmallUpload upload) {
        small.remove(upload);
        plan.transfers().succeeded(upload.file(), upload.sha256());
    }

    /** What a failure means. A full disk is seen only until what has arrived of the file is removed. */
    IOException failure(SourceFile file, IOException reason) {
        return server.failure(session, file.path(), reason);
    }

    void failed(SmallUpload upload, IOException failure) {
        sending -= upload.hasArrived() ? 0 : 1;
        small.remove(upload);
        plan.transfers().failed(upload.file(), failure);
    }

    /** The shell could not tell that the file is on the disk. From now on each file is written to it by itself. */
    void sendAgainSynced(SmallUpload upload) {
        plan.syncEachFile();
        small.remove(upload);
        plan.transfers().returned(upload.file());
    }

    void blockArrived() {
        blocks--;
        progress = true;
        plan.blockArrived();
    }

    private void giveBack() {
        large.values().forEach(LargeSender::giveBack);
        large.clear();
        small.forEach(upload -> plan.transfers().returned(upload.file()));
        small.clear();
        plan.blockArrived();
        sending = 0;
        blocks = 0;
    }

    private void awaitMore() throws InterruptedIOException {
        try {
            plan.awaitMore();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static boolean pause(int failures) {
        try {
            Backoff.DEFAULT.pause(failures, null);
            return true;
        } catch (InterruptedIOException e) {
            return false;
        }
    }
}
