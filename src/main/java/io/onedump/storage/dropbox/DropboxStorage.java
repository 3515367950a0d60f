package io.onedump.storage.dropbox;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import com.dropbox.core.DbxException;
import com.dropbox.core.v2.files.DbxUserFilesRequests;
import com.dropbox.core.v2.files.DeleteErrorException;
import com.dropbox.core.v2.files.DownloadErrorException;
import com.dropbox.core.v2.files.FileMetadata;
import com.dropbox.core.v2.files.GetMetadataErrorException;
import com.dropbox.core.v2.files.ListFolderErrorException;
import com.dropbox.core.v2.files.ListFolderResult;
import com.dropbox.core.v2.files.Metadata;
import io.onedump.artifact.Artifact;
import io.onedump.storage.ObjectNotFoundException;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.Receipt;
import io.onedump.storage.Storage;
import io.onedump.storage.StoredObject;

/** A folder of a Dropbox. */
public final class DropboxStorage implements Storage {

    private final DbxUserFilesRequests files;
    private final String root;
    private final DropboxOptions options;
    private final DropboxRequests requests;

    /** @param root without slashes at its ends; empty for the app's own folder or the whole Dropbox */
    public DropboxStorage(DbxUserFilesRequests files, String root, DropboxOptions options) {
        this.files = files;
        this.root = root.isEmpty() ? "" : "/" + root;
        this.options = options;
        this.requests = new DropboxRequests(options.backoff());
    }

    @Override
    public Receipt put(String path, Artifact artifact) throws IOException {
        return new DropboxUpload(this, path, options).run(artifact);
    }

    @Override
    public Optional<StoredObject> stat(String path) throws IOException {
        try {
            return Optional.ofNullable(metadata(path)).map(this::object);
        } catch (DbxException e) {
            throw failure("look at", path, e);
        }
    }

    /** Dropbox lists folders with all that is below them, in pages. */
    @Override
    public void list(String prefix, Visitor visitor) throws IOException {
        String folder = file(ObjectPath.folder(prefix)).replaceAll("/$", "");
        try {
            ListFolderResult page = requests.send(() -> files.listFolderBuilder(folder).withRecursive(true).start());
            while (true) {
                for (Metadata entry : page.getEntries()) {
                    if (entry instanceof FileMetadata file && path(file).startsWith(prefix)) {
                        visitor.visit(object(file));
                    }
                }
                if (!page.getHasMore()) {
                    return;
                }
                String cursor = page.getCursor();
                page = requests.send(() -> files.listFolderContinue(cursor));
            }
        } catch (ListFolderErrorException e) {
            if (!e.errorValue.isPath() || !e.errorValue.getPathValue().isNotFound()) {
                throw failure("list", prefix, e);
            }
        } catch (DbxException e) {
            throw failure("list", prefix, e);
        }
    }

    @Override
    public InputStream get(String path, long offset) throws IOException {
        try {
            if (offset > 0 && stat(path).filter(object -> object.size() == offset).isPresent()) {
                return InputStream.nullInputStream();
            }
            return requests.send(() -> files.downloadBuilder(file(path)).range(offset).start()).getInputStream();
        } catch (DownloadErrorException e) {
            if (e.errorValue.isPath() && e.errorValue.getPathValue().isNotFound()) {
                throw new ObjectNotFoundException(location(path), e);
            }
            throw failure("read", path, e);
        } catch (DbxException e) {
            throw failure("read", path, e);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        try {
            requests.send(() -> files.deleteV2(file(path)));
        } catch (DeleteErrorException e) {
            if (!e.errorValue.isPathLookup() || !e.errorValue.getPathLookupValue().isNotFound()) {
                throw failure("delete", path, e);
            }
        } catch (DbxException e) {
            throw failure("delete", path, e);
        }
    }

    @Override
    public String location(String path) {
        return "dropbox:" + file(path);
    }

    @Override
    public void close() {
        // Requests keep nothing open.
    }

    @Override
    public String toString() {
        return "dropbox:" + (root.isEmpty() ? "/" : root);
    }

    DbxUserFilesRequests files() {
        return files;
    }

    DropboxRequests requests() {
        return requests;
    }

    /** Null when there is no such file. */
    FileMetadata metadata(String path) throws DbxException, IOException {
        try {
            return requests.send(() -> files.getMetadata(file(path))) instanceof FileMetadata file ? file : null;
        } catch (GetMetadataErrorException e) {
            if (e.errorValue.isPath() && e.errorValue.getPathValue().isNotFound()) {
                return null;
            }
            throw e;
        }
    }

    String file(String path) {
        return path.isEmpty() ? root : root + "/" + path;
    }

    IOException failure(String action, String path, DbxException e) {
        return DropboxFailure.of(this, action, path, e);
    }

    private StoredObject object(FileMetadata file) {
        return new StoredObject(path(file), file.getSize(), file.getServerModified().toInstant());
    }

    private String path(FileMetadata file) {
        return file.getPathDisplay().substring(root.length() + 1);
    }
}
