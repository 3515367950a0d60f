package io.onedump.slowlog.digest;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.onedump.artifact.WorkFolder;

/** Classes in a file of the work folder, in the order of their fingerprints. */
final class ClassRun {

    /** Takes the classes of a new run, which must come in the order of their fingerprints. */
    static final class Writer implements AutoCloseable {

        private static final int BUFFER = 1 << 16;

        private final Path file;
        private final DataOutputStream out;
        private final PackedWriter packed = new PackedWriter();

        Writer(Path file) throws IOException {
            this.file = file;
            try {
                this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
            } catch (IOException e) {
                throw unwritable(file, e);
            }
        }

        void write(ClassStats c) throws IOException {
            packed.clear();
            c.write(packed);
            try {
                out.writeInt(packed.length());
                packed.writeTo(out);
            } catch (IOException e) {
                throw unwritable(file, e);
            }
        }

        ClassRun end() throws IOException {
            try {
                out.writeInt(END);
                out.flush();
            } catch (IOException e) {
                throw unwritable(file, e);
            }
            return new ClassRun(file);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private static final int END = -1;
    private static final int BUFFER = 1 << 14;

    private final Path file;
    private Integer database;

    private ClassRun(Path file) {
        this.file = file;
    }

    /** Says in which database those events ran of which that was not known yet; null for none. */
    void inherits(Integer carried) {
        database = carried;
    }

    /** @param logs names of the logs */
    ClassCursor read(List<String> logs) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
        return new ClassCursor() {

            @Override
            ClassStats read() throws IOException {
                int length = in.readInt();
                if (length == END) {
                    return null;
                }
                byte[] packed = in.readNBytes(length);
                if (packed.length < length) {
                    throw new EOFException("file " + file + " was shortened while it was in use");
                }
                ClassStats stats = ClassStats.read(packed, logs);
                stats.resolve(database);
                return stats;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    /** Says that what a digest has too much of cannot be written to a file. */
    static IOException unwritable(Path file, IOException e) {
        return new IOException("work folder " + file.getParent() + ": cannot write what does not fit into the"
                + " memory: " + e.getMessage() + "; free space there, set " + WorkFolder.PROPERTY
                + " to another folder or give more memory", e);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
