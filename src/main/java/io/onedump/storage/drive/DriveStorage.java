package io.onedump.storage.drive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.google.api.client.auth.oauth2.Credential;
import com.google.api.client.googleapis.auth.oauth2.GoogleCredential;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import com.google.api.services.drive.model.FileList;
import io.onedump.artifact.Artifact;
import io.onedump.storage.ObjectNotFoundException;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.Pages;
import io.onedump.storage.Readers;
import io.onedump.storage.Receipt;
import io.onedump.storage.ServerTimeouts;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageException;
import io.onedump.storage.StoredObject;
import io.onedump.storage.TransientStorageException;
import io.onedump.storage.UnexpectedAnswerException;

/** A folder of Google Drive, of a user or of a shared drive. */
public final class DriveStorage implements Storage {

    private static final int NOT_FOUND = 404;
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int READERS = 8;
    /** Bytes of a file that is read for what it says. */
    private static final long SMALL = 64 * 1024;

    private final Drive drive;
    private final String folderId;
    private final DriveOptions options;
    private final DriveRequests requests;
    private final DriveFolders folders;
    /**
     * By path: the IDs of small files that were listed or looked at, each for one reading, which need not look for the
     * file by its name then.
     */
    private final Map<String, String> seen = new ConcurrentHashMap<>();

    /** @param folderId {@code root} for the account's own Drive */
    public DriveStorage(Drive drive, String folderId, DriveOptions options) {
        this.drive = patient(drive, options.timeouts());
        this.folderId = folderId;
        this.options = options;
        this.requests = new DriveRequests(options.backoff(), renews(drive));
        this.folders = new DriveFolders(this.drive, folderId, requests);
    }

    @Override
    public Receipt put(String path, Artifact artifact) throws IOException {
        seen.remove(path);
        return new DriveUpload(this, path, options, null).run(artifact);
    }

    @Override
    public Receipt replace(String path, StoredObject before, Artifact artifact) throws IOException {
        seen.remove(path);
        return new DriveUpload(this, path, options, new SoleFile(this, path, before)).run(artifact);
    }

    @Override
    public Optional<StoredObject> stat(String path) throws IOException {
        try {
            seen.remove(path);
            return folders.files(path).stream().findFirst().map(file -> see(object(path, file), file));
        } catch (IOException e) {
            throw failure("look at", path, e);
        }
    }

    @Override
    public void list(String prefix, Visitor visitor) throws IOException {
        Deque<Folder> left = new ArrayDeque<>();
        Set<String> visited = new HashSet<>();
        seen.clear();
        String start = start(prefix);
        if (start != null) {
            left.push(new Folder(ObjectPath.folder(prefix), start));
        }
        while (!left.isEmpty()) {
            Folder folder = left.pop();
            if (!visited.add(folder.id())) {
                throw failure("list", prefix,
                        new UnexpectedAnswerException("the folder " + folder.path() + " is in itself"));
            }
            Pages pages = new Pages();
            String page = null;
            do {
                FileList files = page(folder, prefix, page, pages);
                for (File file : files.getFiles()) {
                    String path = folder.path() + file.getName();
                    if (!file.getMimeType().equals(DriveFolders.FOLDER_TYPE)) {
                        if (path.startsWith(prefix)) {
                            visitor.visit(see(object(path, file), file));
                        }
                    } else if ((path + "/").startsWith(prefix) || prefix.startsWith(path + "/")) {
                        left.push(new Folder(path + "/", file.getId()));
                    }
                }
                page = files.getNextPageToken();
            } while (page != null);
        }
    }

    private String start(String prefix) throws IOException {
        try {
            return folders.find(ObjectPath.folder(prefix));
        } catch (IOException e) {
            throw failure("list", prefix, e);
        }
    }

    private FileList page(Folder folder, String prefix, String token, Pages pages) throws IOException {
        try {
            FileList files = folders.list(folder.id(), null, token);
            pages.check(files.getNextPageToken(), files.getFiles().stream().map(File::getId).toList());
            return files;
        } catch (IOException e) {
            throw failure("list", prefix, e);
        }
    }

    /** The newest is listed first of those that have the same path. */
    private StoredObject see(StoredObject object, File file) {
        if (object.size() <= SMALL) {
            seen.putIfAbsent(object.path(), file.getId());
        }
        return object;
    }

    @Override
    public InputStream get(String path, long offset) throws IOException {
        try {
            String id = offset == 0 ? seen.remove(path) : null;
            InputStream in = id == null ? null : openSeen(id, path);
            if (in != null) {
                return in;
            }
            List<File> files = folders.files(path);
            if (files.isEmpty()) {
                throw new ObjectNotFoundException(location(path), null);
            }
            return requests.send(() -> open(files.get(0).getId(), path, offset));
        } catch (HttpResponseException e) {
            if (e.getStatusCode() == RANGE_NOT_SATISFIABLE) {
                return InputStream.nullInputStream();
            }
            throw failure("read", path, e);
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    /** Null when it was replaced or removed since. */
    private InputStream openSeen(String id, String path) throws IOException {
        try {
            return requests.send(() -> open(id, path, 0));
        } catch (HttpResponseException e) {
            if (e.getStatusCode() == NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    /** More requests a second than these make are refused. */
    @Override
    public Readers readers() {
        return new Readers(options.threads(), READERS);
    }

    @Override
    public void delete(String path) throws IOException {
        seen.remove(path);
        try {
            for (File file : folders.files(path)) {
                deleteFile(file.getId());
            }
        } catch (IOException e) {
            throw failure("delete", path, e);
        }
    }

    /** By the IDs of what was seen: what comes meanwhile has another. */
    @Override
    public void delete(String path, StoredObject there) throws IOException {
        seen.remove(path);
        try {
            for (File file : new SoleFile(this, path, there).before()) {
                deleteFile(file.getId());
            }
        } catch (IOException e) {
            throw failure("delete", path, e);
        }
    }

    @Override
    public String location(String path) {
        return "google-drive:" + folderId + "/" + path;
    }

    @Override
    public void close() {
        // Requests keep nothing open.
    }

    @Override
    public String toString() {
        return "google-drive:" + folderId;
    }

    /** One request; closing the stream before its end breaks the connection. */
    InputStream open(String id, String path, long offset) throws IOException {
        Drive.Files.Get request = drive.files().get(id).setSupportsAllDrives(true);
        // Google's client would unpack, and read a stream to its end when it is closed.
        request.setReturnRawInputStream(true);
        request.getRequestHeaders().setAcceptEncoding("identity");
        if (offset > 0) {
            request.getRequestHeaders().setRange("bytes=" + offset + "-");
        }
        HttpResponse response = request.executeMedia();
        if (offset > 0 && response.getStatusCode() != PARTIAL_CONTENT) {
            response.disconnect();
            throw new UnexpectedAnswerException("it was asked for a part of a file and sends all of it");
        }
        return new DriveObjectStream(this, path, response);
    }

    /** Google's client waits 20 seconds for whatever it is; the token's requests still do. */
    private static Drive patient(Drive drive, ServerTimeouts timeouts) {
        HttpRequestInitializer initializer = drive.getRequestFactory().getInitializer();
        Drive.Builder builder = new Drive.Builder(drive.getRequestFactory().getTransport(), drive.getJsonFactory(),
                request -> {
                    if (initializer != null) {
                        initializer.initialize(request);
                    }
                    request.setConnectTimeout(timeouts.connectMillis());
                    request.setReadTimeout(timeouts.answerMillis());
                });
        return builder.setRootUrl(drive.getRootUrl()).setServicePath(drive.getServicePath())
                .setApplicationName(drive.getApplicationName())
                .setGoogleClientRequestInitializer(drive.getGoogleClientRequestInitializer()).build();
    }

    Drive drive() {
        return drive;
    }

    DriveRequests requests() {
        return requests;
    }

    DriveFolders folders() {
        return folders;
    }

    /** In a shared drive only managers may delete; what others move to the trash, Google deletes after 30 days. */
    void deleteFile(String id) throws IOException {
        try {
            requests.send(() -> drive.files().delete(id).setSupportsAllDrives(true).execute());
        } catch (HttpResponseException e) {
            if (DriveFailure.isForbidden(e)) {
                requests.send(() -> drive.files().update(id, new File().setTrashed(true)).setFields("id")
                        .setSupportsAllDrives(true).execute());
            } else if (e.getStatusCode() != NOT_FOUND) {
                throw e;
            }
        }
    }

    IOException failure(String action, String path, IOException e) {
        StorageException failure = DriveFailure.of(toString(), action, path, e);
        return requests.renews() && DriveFailure.isUnauthorized(e)
                ? new TransientStorageException("storage " + this + ": cannot " + action + " " + path
                        + ": the access token was refused, and there is no new one now", e)
                : failure;
    }

    /** Camel makes the client of a service account with a class that Google has given up. */
    @SuppressWarnings("deprecation")
    private static boolean renews(Drive drive) {
        return drive.getRequestFactory().getInitializer() instanceof Credential credential
                && (credential.getRefreshToken() != null || credential instanceof GoogleCredential account
                        && account.getServiceAccountPrivateKey() != null);
    }

    static StoredObject object(String path, File file) {
        return new StoredObject(path, file.getSize() == null ? 0 : file.getSize(),
                file.getModifiedTime() == null ? null : Instant.ofEpochMilli(file.getModifiedTime().getValue()),
                file.getSha256Checksum());
    }

    private record Folder(String path, String id) {
    }
}
