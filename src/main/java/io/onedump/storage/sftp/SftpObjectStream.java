package io.onedump.storage.sftp;

import java.io.FilterInputStream;
import java.io.IOException;

import io.onedump.ssh.sftp.SftpReader;

/** A file on its way from the server; its failures are those of the storage. */
final class SftpObjectStream extends FilterInputStream {

    private final SftpStorage storage;
    private final String path;

    SftpObjectStream(SftpStorage storage, String path, SftpReader reader) {
        super(reader);
        this.storage = storage;
        this.path = path;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw storage.failure("read", path, e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            throw storage.failure("read", path, e);
        }
    }
}
