package io.onedump.storage.dropbox;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.dropbox.core.DbxDownloader;
import com.dropbox.core.DbxException;
import com.dropbox.core.v2.DbxClientV2;
import com.dropbox.core.v2.files.DbxUserFilesRequests;
import com.dropbox.core.v2.files.DeleteErrorException;
import com.dropbox.core.v2.files.DownloadErrorException;
import com.dropbox.core.v2.files.FileMetadata;
import com.dropbox.core.v2.files.GetMetadataErrorException;
import com.dropbox.core.v2.files.ListFolderErrorException;
import com.dropbox.core.v2.files.ListFolderResult;
import com.dropbox.core.v2.files.Metadata;
import com.dropbox.core.v2.files.WriteMode;
import io.onedump.artifact.Artifact;
import io.onedump.storage.ObjectNotFoundException;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.Pages;
import io.onedump.storage.Readers;
import io.onedump.storage.Receipt;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageException;
import io.onedump.storage.StoredMeanwhileException;
import io.onedump.storage.StoredObject;
import io.onedump.storage.UnexpectedAnswerException;

/** A folder of a Dropbox. */
public final class DropboxStorage implements Storage {

    private static final int READERS = 8;

    private final DbxUserFilesRequests files;
    private final String root;
    private final DropboxOptions options;
    private final DropboxRequests requests;

    /** @param root without slashes at its ends; empty for the app's own folder or the whole Dropbox */
    public DropboxStorage(DbxClientV2 client, String root, DropboxOptions options) {
        this.files = client.files();
        this.root = root.isEmpty() ? "" : "/" + root;
        this.options = options;
        this.requests = new DropboxRequests(options.backoff(), () -> client.refreshAccessToken() != null);
    }

    /** As the other one, with a client that can be asked for files only. */
    public DropboxStorage(DbxUserFilesRequests files, String root, DropboxOptions options) {
        this.files = files;
        this.root = root.isEmpty() ? "" : "/" + root;
        this.options = options;
        this.requests = new DropboxRequests(options.backoff(), this::renewByAsking);
    }

    /** When a question and not an upload meets the expired token, the SDK renews it. */
    private boolean renewByAsking() throws DbxException {
        try {
            files.getMetadata(file("token"));
            return true;
        } catch (GetMetadataErrorException e) {
            return true;
        }
    }

    @Override
    public Receipt put(String path, Artifact artifact) throws IOException {
        return new DropboxUpload(this, path, options, WriteMode.OVERWRITE).run(artifact);
    }

    @Override
    public Receipt replace(String path, StoredObject before, Artifact artifact) throws IOException {
        WriteMode mode = before == null
                ? WriteMode.ADD
                : before.tag() == null ? WriteMode.OVERWRITE : WriteMode.update(before.tag());
        return new DropboxUpload(this, path, options, mode).run(artifact);
    }

    @Override
    public Optional<StoredObject> stat(String path) throws IOException {
        try {
            FileMetadata file = metadata(path);
            return file == null ? Optional.empty() : Optional.of(object(file));
        } catch (DbxException e) {
            throw failure("look at", path, e);
        } catch (IOException e) {
            throw failure("look at", path, e);
        }
    }

    /** Dropbox lists folders with all that is below them, in pages. */
    @Override
    public void list(String prefix, Visitor visitor) throws IOException {
        String folder = file(ObjectPath.folder(prefix)).replaceAll("/$", "");
        Pages pages = new Pages();
        ListFolderResult page = first(prefix, folder);
        while (page != null) {
            List<StoredObject> found = new ArrayList<>();
            try {
                String cursor = page.getCursor();
                boolean more = page.getHasMore();
                pages.check(more ? cursor : null, page.getEntries().stream().map(DropboxStorage::name).toList());
                for (Metadata entry : page.getEntries()) {
                    if (entry instanceof FileMetadata file && path(file).startsWith(prefix)) {
                        found.add(object(file));
                    }
                }
                page = more ? requests.send(() -> files.listFolderContinue(cursor)) : null;
            } catch (DbxException e) {
                throw failure("list", prefix, e);
            } catch (IOException e) {
                throw failure("list", prefix, e);
            }
            for (StoredObject object : found) {
                visitor.visit(object);
            }
        }
    }

    /** Null when there is no such folder: it is made with the first file in it. */
    private ListFolderResult first(String prefix, String folder) throws IOException {
        try {
            return requests.send(() -> files.listFolderBuilder(folder).withRecursive(true).start());
        } catch (ListFolderErrorException e) {
            if (e.errorValue.isPath() && e.errorValue.getPathValue().isNotFound()) {
                return null;
            }
            throw failure("list", prefix, e);
        } catch (DbxException e) {
            throw failure("list", prefix, e);
        } catch (IOException e) {
            throw failure("list", prefix, e);
        }
    }

    @Override
    public InputStream get(String path, long offset) throws IOException {
        try {
            if (offset > 0 && stat(path).filter(object -> object.size() == offset).isPresent()) {
                return InputStream.nullInputStream();
            }
            DbxDownloader<FileMetadata> download = requests.send(() -> files.downloadBuilder(file(path)).range(offset)
                    .start());
            return new DropboxObjectStream(this, path, download.getInputStream());
        } catch (DownloadErrorException e) {
            if (e.errorValue.isPath() && e.errorValue.getPathValue().isNotFound()) {
                throw new ObjectNotFoundException(location(path), e);
            }
            throw failure("read", path, e);
        } catch (DbxException e) {
            throw failure("read", path, e);
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    /** More requests a second than these make are refused. */
    @Override
    public Readers readers() {
        return new Readers(options.threads(), READERS);
    }

    @Override
    public void delete(String path) throws IOException {
        deleteRevision(path, null);
    }

    @Override
    public void delete(String path, StoredObject seen) throws IOException {
        StoredMeanwhileException.check(this, path, seen);
        try {
            deleteRevision(path, seen.tag());
        } catch (StorageException e) {
            if (e.getCause() instanceof DeleteErrorException delete && delete.errorValue.isPathWrite()
                    && delete.errorValue.getPathWriteValue().isConflict()) {
                throw new StoredMeanwhileException(this, path, e);
            }
            throw e;
        }
    }

    /** @param revision deletes that one only, null for whichever is there */
    void deleteRevision(String path, String revision) throws IOException {
        try {
            requests.send(() -> files.deleteV2(file(path), revision));
        } catch (DeleteErrorException e) {
            if (!e.errorValue.isPathLookup() || !e.errorValue.getPathLookupValue().isNotFound()) {
                throw failure("delete", path, e);
            }
        } catch (DbxException e) {
            throw failure("delete", path, e);
        } catch (IOException e) {
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

    /** Of the artifact, or of an answer that is none. */
    IOException failure(String action, String path, IOException e) {
        return e instanceof UnexpectedAnswerException unexpected ? unexpected.in(toString(), action, path) : e;
    }

    private StoredObject object(FileMetadata file) throws UnexpectedAnswerException {
        if (file.getSize() < 0) {
            throw new UnexpectedAnswerException("it says that " + file.getName() + " has " + file.getSize() + " bytes");
        }
        return new StoredObject(path(file), file.getSize(), file.getServerModified().toInstant(), file.getRev());
    }

    private String path(FileMetadata file) throws UnexpectedAnswerException {
        String shown = name(file);
        if (!shown.toLowerCase(Locale.ROOT).startsWith(root.toLowerCase(Locale.ROOT) + "/")) {
            throw new UnexpectedAnswerException("it lists " + shown + ", which is not in " + this);
        }
        return shown.substring(root.length() + 1);
    }

    private static String name(Metadata entry) {
        return entry.getPathDisplay() == null ? "" : entry.getPathDisplay();
    }
}
