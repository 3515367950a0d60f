package io.onedump.storage.dropbox;

import java.io.IOException;
import java.io.InputStream;

import com.dropbox.core.NetworkIOException;
import io.onedump.storage.ObjectStream;

/** A file on its way from Dropbox; its failures are those of the storage. */
final class DropboxObjectStream extends ObjectStream {

    private final DropboxStorage storage;
    private final String path;

    DropboxObjectStream(DropboxStorage storage, String path, InputStream in) {
        super(in, -1);
        this.storage = storage;
        this.path = path;
    }

    @Override
    protected IOException failure(Exception e) {
        return storage.failure("read", path, new NetworkIOException(
                e instanceof IOException io ? io : new IOException(e.toString(), e)));
    }

    /** The JDK's client closes a connection on which much is left to read. */
    @Override
    protected void abort() throws IOException {
        in.close();
    }
}
