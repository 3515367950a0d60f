package io.onedump.sync;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

import io.onedump.storage.StoredObject;

/** What a destination has, in the order of the paths, any number of files. */
final class Listing implements Closeable {

    private final SortedFiles files;

    Listing(SortedFiles.Scratch scratch, String name) {
        this.files = new SortedFiles(scratch, name);
    }

    void add(StoredObject file) throws IOException {
        files.add(file.path(), ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES).putLong(file.size())
                .putLong(file.modified().getEpochSecond()).putInt(file.modified().getNano()).flip());
    }

    Cursor cursor() throws IOException {
        return new Cursor(files.cursor());
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /** Goes through them. */
    static final class Cursor implements Closeable {

        private final SortedFiles.Cursor sorted;
        private boolean ended;

        private Cursor(SortedFiles.Cursor sorted) throws IOException {
            this.sorted = sorted;
            next();
        }

        /** Whether all were looked at. */
        boolean ended() {
            return ended;
        }

        void next() throws IOException {
            ended = !sorted.next();
        }

        /** The file it is at. */
        StoredObject file() {
            ByteBuffer value = sorted.value();
            return new StoredObject(sorted.path(), value.getLong(),
                    Instant.ofEpochSecond(value.getLong(), value.getInt()));
        }

        SortedFiles.Cursor sorted() {
            return sorted;
        }

        /** Goes on to the path where {@code other} is; null when it is not there. */
        StoredObject find(SortedFiles.Cursor other) throws IOException {
            while (!ended && sorted.compareTo(other) < 0) {
                next();
            }
            return !ended && sorted.compareTo(other) == 0 ? file() : null;
        }

        @Override
        public void close() throws IOException {
            sorted.close();
        }
    }
}
