package io.onedump.storage.drive;

import java.io.IOException;

import com.google.api.client.http.HttpResponse;
import io.onedump.storage.ObjectStream;

/** A file on its way from Google Drive; its failures are those of the storage. */
final class DriveObjectStream extends ObjectStream {

    private final DriveStorage storage;
    private final String path;
    private final HttpResponse response;

    DriveObjectStream(DriveStorage storage, String path, HttpResponse response) throws IOException {
        super(response.getContent(), length(response.getHeaders().getContentLength()));
        this.storage = storage;
        this.path = path;
        this.response = response;
    }

    @Override
    protected IOException failure(Exception e) {
        return storage.failure("read", path, e instanceof IOException io ? io : new IOException(e.toString(), e));
    }

    @Override
    protected void abort() throws IOException {
        response.disconnect();
    }

    private static long length(Long said) {
        return said == null ? -1 : said;
    }
}
