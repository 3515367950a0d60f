package io.onedump.storage.drive;

import java.io.IOException;
import java.io.InputStream;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.InputStreamContent;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import io.onedump.storage.PartSource;

/**
 * <a href="https://developers.google.com/workspace/drive/api/guides/manage-uploads#resumable">A resumable upload</a> of
 * one file whose length is not known before its last chunk. The file does not exist before the session has all of it.
 */
final class ResumableSession {

    private static final int RESUME_INCOMPLETE = 308;
    private static final int READ_TIMEOUT_MILLIS = 60_000;

    private final Drive drive;
    private final GenericUrl url;

    private ResumableSession(Drive drive, GenericUrl url) {
        this.drive = drive;
        this.url = url;
    }

    static ResumableSession start(Drive drive, File metadata) throws IOException {
        GenericUrl url = new GenericUrl(drive.getRootUrl() + "upload/" + drive.getServicePath() + "files");
        url.set("uploadType", "resumable");
        url.set("supportsAllDrives", true);
        url.set("fields", DriveFolders.FILE_FIELDS);
        HttpRequest request = drive.getRequestFactory().buildPostRequest(url,
                new JsonHttpContent(drive.getJsonFactory(), metadata));
        request.getHeaders().set("X-Upload-Content-Type", DriveUpload.CONTENT_TYPE);
        HttpResponse response = send(drive, request);
        try {
            return new ResumableSession(drive, new GenericUrl(response.getHeaders().getLocation()));
        } finally {
            response.disconnect();
        }
    }

    /** Sends what the part has from {@code position} on, a position in the artifact. */
    Progress send(PartSource.Part part, long position) throws IOException {
        long end = part.offset() + part.length();
        String total = part.last() ? String.valueOf(end) : "*";
        String range = position == end ? "*" : position + "-" + (end - 1);
        InputStream in = part.open();
        in.skipNBytes(position - part.offset());
        return put(new InputStreamContent(DriveUpload.CONTENT_TYPE, in).setLength(end - position)
                .setRetrySupported(false), "bytes " + range + "/" + total);
    }

    /** How far the server has come. */
    Progress ask() throws IOException {
        return put(new EmptyContent(), "bytes */*");
    }

    private Progress put(HttpContent content, String range) throws IOException {
        HttpRequest request = drive.getRequestFactory().buildPutRequest(url, content);
        request.getHeaders().setContentRange(range);
        request.setFollowRedirects(false);
        request.setThrowExceptionOnExecuteError(false);
        request.setReadTimeout(READ_TIMEOUT_MILLIS);
        request.setParser(drive.getObjectParser());
        HttpResponse response = request.execute();
        try {
            if (response.getStatusCode() == RESUME_INCOMPLETE) {
                return new Progress(received(response.getHeaders().getRange()), null);
            }
            if (!response.isSuccessStatusCode()) {
                throw GoogleJsonResponseException.from(drive.getJsonFactory(), response);
            }
            return new Progress(-1, response.parseAs(File.class));
        } finally {
            response.disconnect();
        }
    }

    private static HttpResponse send(Drive drive, HttpRequest request) throws IOException {
        request.setThrowExceptionOnExecuteError(false);
        HttpResponse response = request.execute();
        if (!response.isSuccessStatusCode()) {
            HttpResponseException failure = GoogleJsonResponseException.from(drive.getJsonFactory(), response);
            response.disconnect();
            throw failure;
        }
        return response;
    }

    /** From {@code bytes=0-99}; without the header nothing has arrived. */
    private static long received(String range) {
        return range == null ? 0 : Long.parseLong(range.substring(range.lastIndexOf('-') + 1)) + 1;
    }

    /**
     * What the server says.
     *
     * @param next the first byte that it does not have
     * @param file null until it has all
     */
    record Progress(long next, File file) {
    }
}
