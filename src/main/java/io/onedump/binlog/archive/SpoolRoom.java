package io.onedump.binlog.archive;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether there is room in the spool folder, so that nothing is asked for that cannot be kept. */
record SpoolRoom(Path folder) {

    private static final long ENOUGH = 16 << 20;
    private static final int PART_OF_A_SMALL_DISK = 8;

    /** Bytes that are free. */
    long free() throws IOException {
        return store().getUsableSpace();
    }

    /** Whether so little is free that archiving waits. */
    boolean isFull() throws IOException {
        return free() < Math.min(ENOUGH, store().getTotalSpace() / PART_OF_A_SMALL_DISK);
    }

    /** @throws IOException when it is full */
    void require() throws IOException {
        if (isFull()) {
            throw new IOException("the disk of the spool folder " + folder + " is full: " + free() + " bytes are free."
                    + " What is there goes on to the storage, and the server is asked for more as soon as there is"
                    + " room; make some");
        }
    }

    private FileStore store() throws IOException {
        return Files.getFileStore(folder);
    }
}
