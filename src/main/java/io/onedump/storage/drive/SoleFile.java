package io.onedump.storage.drive;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.google.api.services.drive.model.File;
import io.onedump.artifact.Backoff;
import io.onedump.storage.StoredMeanwhileException;
import io.onedump.storage.StoredObject;

/**
 * Sees to it that of several processes that store under one name at most one succeeds, though Google Drive would keep
 * all of them: a new file stands only when, after it was made, a list shows no other one but what was there before. Of
 * two that both come later than the other's list neither exists, so that two never stand. Each removes only its own.
 *
 * @param seen what was there at the beginning, the newest of that name; null for nothing
 */
record SoleFile(DriveStorage storage, String path, StoredObject seen) {

    /** Who came later has little to do before it is gone. */
    private static final Backoff PATIENCE = new Backoff(10, Duration.ofMillis(100), Duration.ofSeconds(3));

    /** All files of that name, of which the newest is what was seen. */
    List<File> before() throws IOException {
        List<File> files = storage.folders().files(path);
        if (!files.isEmpty() && !DriveStorage.object(path, files.get(0)).equals(seen)) {
            throw new StoredMeanwhileException(storage, path);
        }
        return files;
    }

    /**
     * Makes way for whoever came first, and waits until who came later has done so.
     *
     * @param before what is to be replaced
     */
    void require(File own, List<File> before) throws IOException {
        Set<String> known = new HashSet<>();
        before.forEach(file -> known.add(file.getId()));
        known.add(own.getId());
        for (int failures = 1;; failures++) {
            List<File> others =
                    storage.folders().files(path).stream().filter(file -> !known.contains(file.getId())).toList();
            if (others.isEmpty()) {
                return;
            }
            boolean first = others.stream().allMatch(other -> DriveFolders.FIRST_CREATED.compare(own, other) < 0);
            if (!first || failures == PATIENCE.attempts()) {
                throw giveWay(own);
            }
            PATIENCE.pause(failures, null);
        }
    }

    private StoredMeanwhileException giveWay(File own) {
        StoredMeanwhileException conflict = new StoredMeanwhileException(storage, path);
        try {
            storage.deleteFile(own.getId());
        } catch (IOException e) {
            conflict.addSuppressed(e);
        }
        return conflict;
    }
}
