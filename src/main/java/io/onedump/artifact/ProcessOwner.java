package io.onedump.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user that runs this process, as the file system knows it; a container may give it no name. */
public final class ProcessOwner {

    private static final Path PROCESS = Path.of("/proc/self");

    private ProcessOwner() {
    }

    /** Its name; the number where it has none. */
    public static String name() throws IOException {
        return Files.exists(PROCESS)
                ? Files.getOwner(PROCESS).getName()
                : System.getProperty("user.name");
    }

    static String number() {
        try {
            return String.valueOf(Files.getAttribute(PROCESS, "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_");
        }
    }
}
