package io.onedump.storage.drive;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
import io.onedump.storage.GuardedBody;
import io.onedump.storage.PartSource;
import io.onedump.storage.UnexpectedAnswerException;

/**
 * <a href="https://developers.google.com/workspace/drive/api/guides/manage-uploads#resumable">A resumable upload</a> of
 * one file whose length is not known before its last chunk. The file does not exist before the session has all of it.
 */
final class ResumableSession {

    private static final int RESUME_INCOMPLETE = 308;
    private static final Pattern RECEIVED = Pattern.compile("(?:bytes[= ])?0-(\\d{1,18})");

    private final Drive drive;
    private final GenericUrl url;
    private final DriveOptions options;

    private ResumableSession(Drive drive, GenericUrl url, DriveOptions options) {
        this.drive = drive;
        this.url = url;
        this.options = options;
    }

    static ResumableSession start(Drive drive, File metadata, DriveOptions options) throws IOException {
        GenericUrl url = new GenericUrl(drive.getRootUrl() + "upload/" + drive.getServicePath() + "files");
        url.set("uploadType", "resumable");
        url.set("supportsAllDrives", true);
        url.set("fields", DriveFolders.FILE_FIELDS);
        HttpRequest request = drive.getRequestFactory().buildPostRequest(url,
                new JsonHttpContent(drive.getJsonFactory(), metadata));
        request.getHeaders().set("X-Upload-Content-Type", DriveUpload.CONTENT_TYPE);
        HttpResponse response = send(drive, request);
        try {
            String location = response.getHeaders().getLocation();
            if (location == null) {
                throw new UnexpectedAnswerException("it begins an upload and does not say where");
            }
            return new ResumableSession(drive, new GenericUrl(location), options);
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
        try {
            return GuardedBody.send(options.threads(), in, end - position, options.timeouts().answer(),
                    body -> put(new InputStreamContent(DriveUpload.CONTENT_TYPE, body).setLength(end - position)
                            .setRetrySupported(false), "bytes " + range + "/" + total));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
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
        request.setParser(drive.getObjectParser());
        HttpResponse response = request.execute();
        try {
            if (response.getStatusCode() == RESUME_INCOMPLETE) {
                return new Progress(received(response.getHeaders().getRange()), null);
            }
            if (!response.isSuccessStatusCode()) {
                throw GoogleJsonResponseException.from(drive.getJsonFactory(), response);
            }
            File file = response.parseAs(File.class);
            if (file == null || file.getId() == null) {
                throw new UnexpectedAnswerException("it ends an upload and does not name the file");
            }
            return new Progress(-1, file);
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
    private static long received(String range) throws UnexpectedAnswerException {
        if (range == null) {
            return 0;
        }
        Matcher bytes = RECEIVED.matcher(range);
        if (!bytes.matches()) {
            throw new UnexpectedAnswerException("it says of an upload that it has " + range);
        }
        return Long.parseLong(bytes.group(1)) + 1;
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
