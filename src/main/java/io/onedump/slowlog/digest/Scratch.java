package io.onedump.slowlog.digest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

import io.onedump.artifact.WorkFolder;

/** Where a digest puts classes that do not fit into its memory, for as long as it takes. */
public interface Scratch extends Closeable {

    /** A path that was never given out before; the digest makes the file and removes it. */
    Path newFile(String name) throws IOException;

    @Override
    default void close() throws IOException {
    }

    /** A work folder below {@code root} that is made only when it is needed. */
    static Scratch below(Path root) {
        return new Scratch() {

            private WorkFolder folder;

            @Override
            public synchronized Path newFile(String name) throws IOException {
                if (folder == null) {
                    folder = WorkFolder.open(root);
                }
                return folder.newFile(name);
            }

            @Override
            public synchronized void close() throws IOException {
                if (folder != null) {
                    folder.close();
                }
            }
        };
    }
}
