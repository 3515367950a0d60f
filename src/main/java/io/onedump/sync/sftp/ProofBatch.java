package io.onedump.sync.sftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.onedump.ssh.sftp.RemoteShell;
import io.onedump.ssh.sftp.SftpStatusException;
import io.onedump.storage.VerificationException;

/**
 * Files that have arrived under their temporary names and wait to be compared: many by one command of the server's
 * shell, beside the sending of others. Used in its lane's thread.
 */
final class ProofBatch {

    private final Lane lane;
    private List<SmallUpload> arrived = new ArrayList<>();
    private long bytes;
    private int running;

    ProofBatch(Lane lane) {
        this.lane = lane;
    }

    void add(SmallUpload upload) throws IOException {
        arrived.add(upload);
        bytes += upload.file().size();
        if (arrived.size() >= SftpLimits.PROOF_FILES || bytes >= SftpLimits.PROOF_BYTES) {
            start();
        }
    }

    /** Compares those that have arrived so far. */
    void start() throws IOException {
        if (arrived.isEmpty()) {
            return;
        }
        List<SmallUpload> batch = arrived;
        arrived = new ArrayList<>();
        bytes = 0;
        if (!lane.server().proves()) {
            publish(batch);
            return;
        }
        running++;
        lane.server().settings().threads().start("sync proof", () -> compare(batch));
    }

    boolean isEmpty() {
        return arrived.isEmpty() && running == 0;
    }

    boolean isRunning() {
        return running > 0;
    }

    /** In a thread of its own. */
    private void compare(List<SmallUpload> batch) {
        try {
            List<String> names = batch.stream().map(SmallUpload::temporary).toList();
            long size = batch.stream().mapToLong(upload -> upload.file().size()).sum();
            RemoteShell shell = lane.session().shell();
            Map<String, String> digests = batch.stream().allMatch(SmallUpload::isSynced)
                    ? shell.sha256(names, size)
                    : shell.syncedSha256(names, size);
            lane.channel().post(() -> {
                running--;
                judge(batch, digests);
            });
        } catch (IOException e) {
            lane.channel().post(() -> {
                throw e;
            });
        }
    }

    private void judge(List<SmallUpload> batch, Map<String, String> digests) throws IOException {
        for (SmallUpload upload : batch) {
            String there = digests.get(upload.temporary());
            if (there == null && !upload.isSynced()) {
                lane.sendAgainSynced(upload);
                continue;
            }
            if (there == null) {
                try {
                    there = lane.session().files().sha256(upload.temporary(), upload.file().size());
                } catch (SftpStatusException e) {
                    upload.remove(e);
                    continue;
                }
            }
            if (there.equals(upload.sha256())) {
                upload.publish();
            } else {
                upload.remove(VerificationException.digest(lane.server().location(""), upload.file().path(),
                        "SHA-256 " + there, upload.sha256()));
            }
        }
    }

    private static void publish(List<SmallUpload> batch) throws IOException {
        for (SmallUpload upload : batch) {
            upload.publish();
        }
    }
}
