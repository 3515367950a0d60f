package io.onedump.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a sidecar says of the machine and the program that wrote it. */
final class Machine {

    private static final Path NAME = Path.of("/proc/sys/kernel/hostname");
    private static final String HOST = host();

    private Machine() {
    }

    /** The machine's own name, without asking any server; null when it is not known. */
    static String name() {
        return HOST;
    }

    static String tool() {
        String version = Machine.class.getPackage().getImplementationVersion();
        return version == null ? "onedump" : "onedump " + version;
    }

    private static String host() {
        try {
            return Files.readString(NAME).strip();
        } catch (IOException e) {
            return System.getenv("HOSTNAME");
        }
    }
}
