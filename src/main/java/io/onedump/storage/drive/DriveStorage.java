package io.onedump.storage.drive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import com.google.api.client.http.HttpResponseException;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import com.google.api.services.drive.model.FileList;
import io.onedump.artifact.Artifact;
import io.onedump.storage.ObjectNotFoundException;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.Receipt;
import io.onedump.storage.Storage;
import io.onedump.storage.StoredObject;

/** A folder of Google Drive, of a user or of a shared drive. */
public final class DriveStorage implements Storage {

    private static final int NOT_FOUND = 404;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final Drive drive;
    private final String folderId;
    private final DriveOptions options;
    private final DriveRequests requests;
    private final DriveFolders folders;

    /** @param folderId {@code root} for the account's own Drive */
    public DriveStorage(Drive drive, String folderId, DriveOptions options) {
        this.drive = drive;
        this.folderId = folderId;
        this.options = options;
        this.requests = new DriveRequests(options.backoff());
        this.folders = new DriveFolders(drive, folderId, requests);
    }

    @Override
    public Receipt put(String path, Artifact artifact) throws IOException {
        return new DriveUpload(this, path, options).run(artifact);
    }

    @Override
    public Optional<StoredObject> stat(String path) throws IOException {
        try {
            return folders.files(path).stream().findFirst().map(file -> object(path, file));
        } catch (IOException e) {
            throw failure("look at", path, e);
        }
    }

    @Override
    public void list(String prefix, Visitor visitor) throws IOException {
        try {
            String start = folders.find(ObjectPath.folder(prefix));
            Deque<Folder> left = new ArrayDeque<>();
            if (start != null) {
                left.push(new Folder(ObjectPath.folder(prefix), start));
            }
            while (!left.isEmpty()) {
                Folder folder = left.pop();
                String page = null;
                do {
                    FileList files = folders.list(folder.id(), null, page);
                    for (File file : files.getFiles()) {
                        String path = folder.path() + file.getName();
                        if (file.getMimeType().equals(DriveFolders.FOLDER_TYPE)) {
                            if ((path + "/").startsWith(prefix) || prefix.startsWith(path + "/")) {
                                left.push(new Folder(path + "/", file.getId()));
                            }
                        } else if (path.startsWith(prefix)) {
                            visitor.visit(object(path, file));
                        }
                    }
                    page = files.getNextPageToken();
                } while (page != null);
            }
        } catch (IOException e) {
            throw failure("list", prefix, e);
        }
    }

    @Override
    public InputStream get(String path, long offset) throws IOException {
        try {
            List<File> files = folders.files(path);
            if (files.isEmpty()) {
                throw new ObjectNotFoundException(location(path), null);
            }
            return requests.send(() -> {
                Drive.Files.Get request = drive.files().get(files.get(0).getId()).setSupportsAllDrives(true);
                if (offset > 0) {
                    request.getRequestHeaders().setRange("bytes=" + offset + "-");
                }
                return request.executeMediaAsInputStream();
            });
        } catch (HttpResponseException e) {
            if (e.getStatusCode() == RANGE_NOT_SATISFIABLE) {
                return InputStream.nullInputStream();
            }
            throw failure("read", path, e);
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        try {
            for (File file : folders.files(path)) {
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
        return DriveFailure.of(toString(), action, path, e);
    }

    private static StoredObject object(String path, File file) {
        return new StoredObject(path, file.getSize() == null ? 0 : file.getSize(),
                file.getModifiedTime() == null ? null : Instant.ofEpochMilli(file.getModifiedTime().getValue()));
    }

    private record Folder(String path, String id) {
    }
}
