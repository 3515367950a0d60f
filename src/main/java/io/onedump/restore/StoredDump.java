package io.onedump.restore;

import java.io.IOException;
import java.nio.file.Path;

import io.onedump.artifact.ByteRanges;

/** A dump wherever it is kept. */
public interface StoredDump {

    /** With the ending that tells its compression. */
    String name();

    /** For reading parts of it. */
    ByteRanges bytes();

    /**
     * A file of this machine with all of it, proved to be whole as far as it can be.
     *
     * @param folder where it may be put
     */
    Path file(Path folder) throws IOException;

    /** A file that is here already. */
    static StoredDump of(Path file) {
        return new StoredDump() {
            @Override
            public String name() {
                return file.getFileName().toString();
            }

            @Override
            public ByteRanges bytes() {
                return ByteRanges.of(file);
            }

            @Override
            public Path file(Path folder) {
                return file;
            }
        };
    }
}
