package io.onedump.storage.drive;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import com.google.api.services.drive.model.FileList;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.StorageException;
import io.onedump.storage.UnexpectedAnswerException;

/**
 * Finds files by path. Google Drive knows only IDs: a folder is a file that others name as their parent, and names need
 * not be unique.
 */
final class DriveFolders {

    static final String FOLDER_TYPE = "application/vnd.google-apps.folder";
    static final String FILE_FIELDS = "id,name,mimeType,size,createdTime,modifiedTime,sha256Checksum";

    /** Of several that have one name: who came first, which all that ask see alike. */
    static final Comparator<File> FIRST_CREATED = Comparator.<File>comparingLong(file -> file.getCreatedTime() == null
            ? Long.MAX_VALUE
            : file.getCreatedTime().getValue()).thenComparing(File::getId);

    private static final int PAGE = 1000;

    private final Drive drive;
    private final String rootId;
    private final DriveRequests requests;
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private File root;

    /** @param rootId the ID of the folder that paths start from */
    DriveFolders(Drive drive, String rootId, DriveRequests requests) {
        this.drive = drive;
        this.rootId = rootId;
        this.requests = requests;
    }

    /** The folder's ID, null when there is none. */
    String find(String folder) throws IOException {
        return resolve(folder, false);
    }

    /** The folder's ID; makes what is missing of it. */
    String make(String folder) throws IOException {
        return resolve(folder, true);
    }

    /** The files of that path, the newest first: there may be several. */
    List<File> files(String path) throws IOException {
        String parent = find(ObjectPath.folder(path));
        return parent == null
                ? List.of()
                : list(parent, "name = '" + quote(ObjectPath.name(path)) + "' and"
                        + " mimeType != '"
                        + FOLDER_TYPE + "'", null).getFiles();
    }

    /** Contributors of a shared drive add files and remove none. */
    boolean mayReplace() throws IOException {
        File.Capabilities may = root().getCapabilities();
        return may == null || Boolean.TRUE.equals(may.getCanDeleteChildren())
                || Boolean.TRUE.equals(may.getCanTrashChildren());
    }

    /**
     * One page of what is in a folder. A shared drive is
     * <a href="https://developers.google.com/workspace/drive/api/guides/search-shareddrives">searched by its ID</a>.
     */
    FileList list(String parent, String condition, String pageToken) throws IOException {
        String driveId = root().getDriveId();
        FileList files = requests.send(() -> drive.files().list()
                .setQ("'" + quote(parent) + "' in parents and trashed = false"
                        + (condition == null ? "" : " and " + condition))
                .setOrderBy("modifiedTime desc").setFields("nextPageToken,files(" + FILE_FIELDS + ")")
                .setSupportsAllDrives(true).setIncludeItemsFromAllDrives(driveId != null)
                .setCorpora(driveId == null ? "user" : "drive").setDriveId(driveId)
                .setPageSize(PAGE).setPageToken(pageToken).execute());
        if (files == null || files.getFiles() == null) {
            throw new UnexpectedAnswerException("its list has no files, not even none");
        }
        for (File file : files.getFiles()) {
            if (file.getId() == null || file.getName() == null || file.getMimeType() == null
                    || file.getSize() != null && file.getSize() < 0) {
                throw new UnexpectedAnswerException("it lists a file without ID, name or type, or of a negative size");
            }
        }
        return files;
    }

    /** Asked for once: whether the folder is there, and in which shared drive. */
    private synchronized File root() throws IOException {
        if (root == null) {
            File found = requests.send(() -> drive.files().get(rootId)
                    .setFields("id,mimeType,driveId,trashed,capabilities").setSupportsAllDrives(true).execute());
            if (!FOLDER_TYPE.equals(found.getMimeType()) || Boolean.TRUE.equals(found.getTrashed())) {
                throw new StorageException("storage google-drive:" + rootId + ": that is "
                        + (FOLDER_TYPE.equals(found.getMimeType()) ? "in the trash" : "no folder")
                        + "; set folderId to the ID of the folder in which artifacts are kept");
            }
            root = found;
        }
        return root;
    }

    private String resolve(String folder, boolean make) throws IOException {
        String path = folder.replaceAll("/$", "");
        if (path.isEmpty()) {
            return root().getId();
        }
        if (ids.containsKey(path)) {
            return ids.get(path);
        }
        String parent = resolve(ObjectPath.folder(path), make);
        if (parent == null) {
            return null;
        }
        String name = ObjectPath.name(path);
        String id = folder(parent, name);
        if (id == null && make) {
            id = create(parent, name);
        }
        if (id != null) {
            ids.put(path, id);
        }
        return id;
    }

    /** Null when there is none. */
    private String folder(String parent, String name) throws IOException {
        return list(parent, "name = '" + quote(name) + "' and mimeType = '" + FOLDER_TYPE + "'", null).getFiles()
                .stream().min(FIRST_CREATED).map(File::getId).orElse(null);
    }

    /** Where two make it at the same moment, both go on with the first. */
    private String create(String parent, String name) throws IOException {
        File folder = new File().setName(name).setMimeType(FOLDER_TYPE).setParents(List.of(parent));
        String made = requests.send(() -> drive.files().create(folder).setFields("id").setSupportsAllDrives(true)
                .execute()).getId();
        String first = folder(parent, name);
        if (first == null || first.equals(made)) {
            return made;
        }
        if (list(made, null, null).getFiles().isEmpty()) {
            requests.send(() -> drive.files().update(made, new File().setTrashed(true)).setFields("id")
                    .setSupportsAllDrives(true).execute());
        }
        return first;
    }

    private static String quote(String text) {
        return text.replace("\\", "\\\\").replace("'", "\\'");
    }
}
