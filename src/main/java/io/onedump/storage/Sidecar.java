package io.onedump.storage;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.BytesArtifact;

/**
 * The small file beside an artifact that holds its SHA-256, in the form that {@code sha256sum} writes and
 * {@code sha256sum -c} checks when run in that folder.
 *
 * @param sha256 64 lower-case hex digits
 * @param name   the artifact's name without folder
 */
public record Sidecar(String sha256, String name) {

    public static final String EXTENSION = ".checksum";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](.+)\\R?");

    /** Where the sidecar of the object at {@code path} is. */
    public static String path(String path) {
        return path + EXTENSION;
    }

    public static boolean isSidecar(String path) {
        return path.endsWith(EXTENSION);
    }

    /** @throws IllegalArgumentException when it is not what {@code sha256sum} writes for one file */
    public static Sidecar parse(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw new IllegalArgumentException("not a line of sha256sum");
        }
        return new Sidecar(line.group(1), line.group(2));
    }

    public Artifact toArtifact() {
        return new BytesArtifact(name + EXTENSION, (sha256 + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
