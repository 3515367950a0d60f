package io.onedump.storage;

import java.io.IOException;
import java.util.Optional;

/** Another process has stored something under the name that this one was about to store under; it stays. */
public final class StoredMeanwhileException extends StorageException {

    private static final long serialVersionUID = 1L;

    public StoredMeanwhileException(Storage storage, String path) {
        this(storage, path, null);
    }

    /** @param cause the storage's own answer; null when it has none */
    public StoredMeanwhileException(Storage storage, String path, Throwable cause) {
        super("storage " + storage + ": " + path + " was stored by another process while this one ran, and is not"
                + " replaced; put the job's name, ${hostname} or the seconds into path or fileName", cause);
    }

    /**
     * Looks whether something else is there than before.
     *
     * @param before null for nothing
     */
    public static void check(Storage storage, String path, StoredObject before) throws IOException {
        Optional<StoredObject> now = storage.stat(path);
        if (now.isPresent() && !now.get().equals(before)) {
            throw new StoredMeanwhileException(storage, path);
        }
    }
}
