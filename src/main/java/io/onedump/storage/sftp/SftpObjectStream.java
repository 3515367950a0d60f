package io.onedump.storage.sftp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

import io.onedump.ssh.sftp.SftpReader;

/** A file on its way from the server; its failures are those of the storage. */
final class SftpObjectStream extends FilterInputStream {

    private final SftpStorage storage;
    private final String path;
    private final SftpReader reader;
    private volatile Thread last = Thread.currentThread();
    private final AtomicReference<SftpClient.Use> use;

    /** @param use which ends with the stream */
    SftpObjectStream(SftpStorage storage, String path, SftpReader reader, SftpClient.Use use) {
        super(reader);
        this.reader = reader;
        this.use = new AtomicReference<>(use);
        this.storage = storage;
        this.path = path;
    }

    @Override
    public int read() throws IOException {
        last = Thread.currentThread();
        try {
            return super.read();
        } catch (IOException e) {
            throw storage.failure("read", path, e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        last = Thread.currentThread();
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            throw storage.failure("read", path, e);
        }
    }

    @Override
    public void close() throws IOException {
        SftpClient.Use ended = use.getAndSet(null);
        if (!reader.hasEnded() && last != Thread.currentThread()) {
            // Another one may be waiting for what is on the way.
            storage.doubt();
        }
        try {
            super.close();
        } finally {
            if (ended != null) {
                ended.close();
            }
        }
    }
}
