package io.onedump.sync.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

import io.onedump.artifact.ProducerFailedException;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpFiles;
import io.onedump.ssh.sftp.SftpReply;
import io.onedump.ssh.sftp.SftpRequest;
import io.onedump.ssh.sftp.SftpStatusException;
import io.onedump.storage.VerificationException;
import io.onedump.sync.sftp.LargeUpload.Block;
import io.onedump.sync.source.SourceFiles;

/** One connection's part in a large upload. */
final class LargeSender {

    private final Lane lane;
    private final LargeUpload upload;
    private final Set<Block> onTheWay = new HashSet<>();
    /** While it looks at what is there, and while it compares and renames: if it breaks then, nobody else goes on. */
    private boolean alone;
    private byte[] handle;
    /** Why it failed, while what has arrived is being removed. */
    private IOException failure;

    LargeSender(Lane lane, LargeUpload upload) {
        this.lane = lane;
        this.upload = upload;
    }

    /**
     * Finds out how much an earlier attempt has left, and compares it.
     *
     * @return whether anything is to be sent
     */
    boolean prepare() throws IOException {
        alone = true;
        try {
            long size = files().size(upload.temporary());
            if (size > upload.file().size()) {
                // The source was longer then; what is behind its new end would stay.
                files().remove(upload.temporary());
                size = 0;
            }
            long whole = LargeUpload.whole(Math.min(size, upload.file().size()));
            if (whole > 0 && upload.sha256(whole).equals(there(upload.temporary(), whole))) {
                upload.startAt(whole);
                lane.plan().transfers().resumed(upload.file(), whole);
            } else if (size < 0 && wasRenamed()) {
                lane.plan().succeeded(upload, upload.sha256());
            }
        } catch (ProducerFailedException | SftpStatusException e) {
            fail(e);
        }
        alone = false;
        return !upload.isEnded();
    }

    /** Whether an attempt that broke at its very end had put the file in its place. */
    private boolean wasRenamed() throws IOException {
        String target = lane.server().file(upload.file().path());
        return files().size(target) == upload.file().size()
                && upload.sha256().equals(there(target, upload.file().size()));
    }

    void send(Block block) throws IOException {
        onTheWay.add(block);
        if (!open()) {
            return;
        }
        int[] answers = new int[1];
        byte[] buffer = lane.buffer();
        try (FileChannel in = openSource()) {
            for (int sent = 0; sent < block.length(); sent += buffer.length) {
                int length = Math.min(buffer.length, block.length() - sent);
                read(in, buffer, length, block.offset() + sent);
                answers[0]++;
                channel().send(SftpRequest.write(handle, block.offset() + sent, buffer, 0, length),
                        reply -> answered(block, reply, --answers[0]));
                lane.sent(upload.file(), length);
            }
        } catch (ProducerFailedException e) {
            fail(e);
        }
    }

    /** What is on the way is sent by another connection, or by the next one of this lane. */
    void giveBack() {
        onTheWay.forEach(upload::lost);
        if (failure != null) {
            lane.plan().transfers().failed(upload.file(), failure);
        } else if (alone) {
            lane.plan().returned(upload);
        }
    }

    void closeIfEnded() throws IOException {
        if (upload.isEnded() && handle != null) {
            channel().send(SftpRequest.close(handle), SftpReply::ok);
            handle = null;
        }
    }

    /** Whether it has nothing to do any more. */
    boolean isDone() {
        return upload.isEnded() && failure == null;
    }

    private SftpFiles files() {
        return lane.session().files();
    }

    private SftpChannel channel() {
        return lane.channel();
    }

    /** @return false when the server refuses it */
    private boolean open() throws IOException {
        try {
            if (handle == null) {
                handle = channel().call(SftpRequest.update(upload.temporary())).handle();
            }
            return true;
        } catch (SftpStatusException e) {
            fail(e);
            return false;
        }
    }

    private FileChannel openSource() throws ProducerFailedException {
        try {
            return FileChannel.open(upload.file().file(), StandardOpenOption.READ);
        } catch (IOException e) {
            throw new ProducerFailedException("cannot be read: " + SourceFiles.reason(e), e);
        }
    }

    private void read(FileChannel in, byte[] bytes, int length, long position) throws ProducerFailedException {
        ByteBuffer wanted = ByteBuffer.wrap(bytes, 0, length);
        try {
            while (wanted.hasRemaining()) {
                if (in.read(wanted, position + wanted.position()) < 0) {
                    SourceFiles.requireUnchanged(upload.file());
                    throw new ProducerFailedException(upload.file().file() + " is shorter than it says");
                }
            }
        } catch (ProducerFailedException e) {
            throw e;
        } catch (IOException e) {
            throw new ProducerFailedException("cannot be read: " + SourceFiles.reason(e), e);
        }
    }

    private void answered(Block block, SftpReply reply, int outstanding) throws IOException {
        try {
            reply.ok();
        } catch (SftpStatusException e) {
            fail(e);
        }
        if (outstanding == 0 && onTheWay.remove(block)) {
            boolean last = upload.arrived(block);
            lane.blockArrived();
            if (last) {
                finish();
            }
        }
    }

    /** All blocks have arrived: compares, and gives the file its name. */
    private void finish() throws IOException {
        alone = true;
        try {
            if (lane.session().syncs()) {
                channel().call(SftpRequest.sync(handle)).ok();
            }
            String sha256 = upload.sha256();
            String there = lane.server().proves() ? there(upload.temporary(), upload.file().size()) : sha256;
            if (!there.equals(sha256)) {
                throw VerificationException.digest(lane.server().location(""), upload.file().path(), "SHA-256"
                        + " " + there, sha256);
            }
            SourceFiles.requireUnchanged(upload.file());
            lane.channel().replace(upload.temporary(), lane.server().file(upload.file().path()), reply -> {
                try {
                    reply.ok();
                    lane.plan().succeeded(upload, sha256);
                } catch (SftpStatusException e) {
                    fail(e);
                }
            });
        } catch (VerificationException | ProducerFailedException | SftpStatusException e) {
            fail(e);
        }
    }

    private String there(String name, long length) throws IOException {
        String hashed = lane.session().shell().sha256(name, length);
        return hashed != null ? hashed : files().sha256(name, length);
    }

    /**
     * What may be gone on with stays; what is wrong or can never be finished does not. Only when it is gone the file
     * may be sent again, under the same temporary name.
     */
    private void fail(IOException reason) throws IOException {
        if (upload.isEnded()) {
            return;
        }
        IOException meaning = lane.failure(upload.file(), reason);
        if (lane.plan().end(upload)) {
            failure = meaning;
            channel().send(SftpRequest.remove(upload.temporary()), reply -> {
                failure = null;
                lane.plan().transfers().failed(upload.file(), meaning);
            });
        }
    }
}
