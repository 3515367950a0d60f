package io.onedump.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.onedump.artifact.BytesArtifact;

/**
 * An object beside an artifact that says that a drill has proved it: an object of its own, since a sidecar is written
 * once.
 */
public final class DrillMark {

    private static final String SUFFIX = ".proved";

    private DrillMark() {
    }

    static String path(String artifact) {
        return artifact + SUFFIX;
    }

    static boolean isMark(String path) {
        return path.endsWith(SUFFIX);
    }

    /** The artifact that a mark is of. */
    static String artifact(String mark) {
        return mark.substring(0, mark.length() - SUFFIX.length());
    }

    /**
     * Marks an artifact.
     *
     * @param words by which drill it was proved
     */
    public static void put(Storage storage, String artifact, String words) throws IOException {
        String path = path(artifact);
        storage.put(path, new BytesArtifact(ObjectPath.name(path), (words + "\n").getBytes(StandardCharsets.UTF_8)));
    }
}
