package io.onedump.sync.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

import io.onedump.artifact.Hasher;
import io.onedump.artifact.ProducerFailedException;
import io.onedump.ssh.sftp.SftpReply;
import io.onedump.ssh.sftp.SftpRequest;
import io.onedump.ssh.sftp.SftpStatusException;
import io.onedump.sync.source.SourceFile;
import io.onedump.sync.source.SourceFiles;

/** A file that one connection sends in one go, under a temporary name. Each step follows from the server's answer. */
final class SmallUpload {

    private final Lane lane;
    private final SourceFile file;
    private final String temporary;
    private String sha256;
    private IOException failure;
    private boolean arrived;
    private boolean synced;

    SmallUpload(Lane lane, SourceFile file) {
        this.lane = lane;
        this.file = file;
        this.temporary = lane.server().temporary(file);
    }

    SourceFile file() {
        return file;
    }

    String temporary() {
        return temporary;
    }

    /** Of what was sent; known when it has arrived. */
    String sha256() {
        return sha256;
    }

    /** Whether the server has all of it, under its temporary name. */
    boolean hasArrived() {
        return arrived;
    }

    /** Whether the server has it on its disk when it has arrived, or cannot be asked for that. */
    boolean isSynced() {
        return synced;
    }

    void start() throws IOException {
        lane.channel().send(SftpRequest.create(temporary), this::opened);
    }

    private void opened(SftpReply reply) throws IOException {
        byte[] handle;
        try {
            handle = reply.handle();
        } catch (SftpStatusException e) {
            lane.failed(this, lane.failure(file, e));
            return;
        }
        write(handle);
        synced = !lane.plan().syncsByShell();
        if (synced && lane.session().syncs()) {
            lane.channel().send(SftpRequest.sync(handle), this::check);
        }
        lane.channel().send(SftpRequest.close(handle), closed -> {
            check(closed);
            if (failure == null) {
                arrived = true;
                lane.arrived(this);
            } else {
                remove(failure);
            }
        });
    }

    /** Only failures of the connection are thrown. */
    private void write(byte[] handle) throws IOException {
        Hasher hasher = new Hasher();
        byte[] buffer = lane.buffer();
        long position = 0;
        try (InputStream in = open()) {
            int read;
            while ((read = read(in, buffer)) > 0) {
                hasher.update(buffer, 0, read);
                lane.channel().send(SftpRequest.write(handle, position, buffer, 0, read), this::check);
                lane.sent(file, read);
                position += read;
            }
            sha256 = hasher.digest().sha256();
            SourceFiles.requireUnchanged(file);
        } catch (ProducerFailedException e) {
            failure = e;
        }
    }

    private InputStream open() throws ProducerFailedException {
        try {
            return Files.newInputStream(file.file());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private int read(InputStream in, byte[] buffer) throws ProducerFailedException {
        try {
            return in.readNBytes(buffer, 0, buffer.length);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private ProducerFailedException unreadable(IOException e) {
        return new ProducerFailedException("cannot be read: " + SourceFiles.reason(e), e);
    }

    private void check(SftpReply reply) throws IOException {
        try {
            reply.ok();
        } catch (SftpStatusException e) {
            failure = failure == null ? e : failure;
        }
    }

    /** The server holds what was sent: it gets its name. */
    void publish() throws IOException {
        lane.channel().replace(temporary, lane.server().file(file.path()), reply -> {
            try {
                reply.ok();
                lane.finished(this);
            } catch (SftpStatusException e) {
                remove(e);
            }
        });
    }

    /** The file failed; nothing of it stays. Only then it may be sent again, under the same temporary name. */
    void remove(IOException reason) throws IOException {
        IOException failure = lane.failure(file, reason);
        lane.channel().send(SftpRequest.remove(temporary), reply -> lane.failed(this, failure));
    }
}
