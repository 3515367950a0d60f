package io.onedump.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a sidecar says of the machine and the program that wrote it. */
public final class Machine {

    private static final Path NAME = Path.of("/proc/sys/kernel/hostname");
    private static final String HOST = host();

    private Machine() {
    }

    /**
     * The machine's name, without asking any server: what the environment says, by which names of artifacts may go too,
     * else its own. Null when it is not known.
     */
    public static String name() {
        return HOST;
    }

    static String tool() {
        String version = Machine.class.getPackage().getImplementationVersion();
        return version == null ? "onedump" : "onedump " + version;
    }

    private static String host() {
        String told = System.getenv("HOSTNAME");
        if (told != null && !told.isBlank()) {
            return told;
        }
        try {
            return Files.readString(NAME).strip();
        } catch (IOException e) {
            return null;
        }
    }
}
