package io.onedump.sync.sftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.onedump.sync.Transfers;
import io.onedump.sync.source.SourceFile;

/** What the connections of one sync share: the files that wait, and the large ones that they send together. */
final class SendPlan {

    private final Transfers transfers;
    private final List<LargeUpload> large = new ArrayList<>();
    private int lanes;
    private volatile CompletableFuture<Boolean> syncsByShell;

    /**
     * @param lanes        how many connections work on it
     * @param syncsByShell whether small files are written to the disk by the command that compares them; waited for by
     *                     those who send them
     */
    SendPlan(Transfers transfers, int lanes, CompletableFuture<Boolean> syncsByShell) {
        this.transfers = transfers;
        this.lanes = lanes;
        this.syncsByShell = syncsByShell;
    }

    Transfers transfers() {
        return transfers;
    }

    /** A block of a large file that was begun; null when none is to be sent now. */
    synchronized LargeUpload.Block nextBlock() {
        for (LargeUpload upload : large) {
            LargeUpload.Block block = upload.nextBlock();
            if (block != null) {
                return block;
            }
        }
        return null;
    }

    /** Whether small files are written to the disk by the command that compares them, not one by one. */
    boolean syncsByShell() {
        return syncsByShell.join();
    }

    void syncEachFile() {
        syncsByShell = CompletableFuture.completedFuture(false);
    }

    SourceFile nextFile() {
        return transfers.next();
    }

    /** Lets all connections send its blocks. */
    synchronized void share(LargeUpload upload) {
        large.add(upload);
        notifyAll();
    }

    void succeeded(LargeUpload upload, String sha256) {
        if (end(upload)) {
            transfers.succeeded(upload.file(), sha256);
        }
    }

    void failed(LargeUpload upload, IOException failure) {
        if (end(upload)) {
            transfers.failed(upload.file(), failure);
        }
    }

    /** It broke off for reasons that are not its own, and is taken up from what is on the server. */
    void returned(LargeUpload upload) {
        if (end(upload)) {
            transfers.returned(upload.file());
        }
    }

    boolean isFinished() {
        return transfers.isFinished();
    }

    /** More blocks may be sent now. */
    synchronized void blockArrived() {
        notifyAll();
    }

    /** A connection cannot be made any more. After the last one, all that is begun and all that waits is given up. */
    void retire(IOException failure) {
        List<LargeUpload> begun;
        synchronized (this) {
            if (--lanes > 0) {
                return;
            }
            begun = List.copyOf(large);
        }
        begun.forEach(upload -> failed(upload, failure));
        transfers.abandon(failure);
    }

    /** For a connection that has nothing to do while others may still return something. */
    synchronized void awaitMore() throws InterruptedException {
        wait(TimeUnit.MILLISECONDS.toMillis(50));
    }

    /** @return false when it had ended before */
    synchronized boolean end(LargeUpload upload) {
        large.remove(upload);
        notifyAll();
        return upload.end();
    }
}
