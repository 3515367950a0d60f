package io.onedump.storage;

import java.util.ArrayList;
import java.util.List;

/** Makes paths that stay inside their storage. */
public final class ObjectPath {

    private ObjectPath() {
    }

    /**
     * Joins folder and name. Leading, trailing and double slashes go, so that an absolute path becomes a relative one.
     *
     * @param  folder           null or empty for none
     * @throws StorageException for {@code .} and {@code ..}, control characters, and when no name is left
     */
    public static String of(String folder, String name) throws StorageException {
        List<String> segments = new ArrayList<>();
        if (folder != null) {
            add(segments, folder);
        }
        int folders = segments.size();
        add(segments, name == null ? "" : name);
        if (segments.size() == folders) {
            throw new StorageException("storage: the artifact's name '" + name + "' is empty: set the header"
                    + " CamelFileName");
        }
        return String.join("/", segments);
    }

    /** The folder of a path with its slash, empty for none. */
    public static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /** The path's last element. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void add(List<String> segments, String text) throws StorageException {
        for (String segment : text.split("/")) {
            if (segment.isBlank()) {
                continue;
            }
            if (segment.equals(".") || segment.equals("..")) {
                throw new StorageException(
                        "storage: the path '" + text + "' is refused: '" + segment + "' may lead out of the storage");
            }
            if (segment.chars().anyMatch(Character::isISOControl)) {
                throw new StorageException("storage: the path '" + text.replaceAll("\\p{Cntrl}", "?")
                        + "' is refused: it has control characters");
            }
            segments.add(segment);
        }
    }
}
