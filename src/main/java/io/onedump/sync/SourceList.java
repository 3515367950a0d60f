package io.onedump.sync;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

import io.onedump.sync.source.SourceFile;
import io.onedump.sync.source.SourceScan;

/** Files of a source in the order of their paths, any number of them. */
final class SourceList implements Closeable {

    private final SourceScan source;
    private final SortedFiles files;
    private long bytes;

    /** @param source makes files of what is kept of them */
    SourceList(SourceScan source, SortedFiles.Scratch scratch, String name) {
        this.source = source;
        this.files = new SortedFiles(scratch, name);
    }

    void add(SourceFile file) throws IOException {
        files.add(file.path(),
                ByteBuffer.allocate(2 * Long.BYTES).putLong(file.size()).putLong(file.modified()).flip());
        bytes += file.size();
    }

    int count() {
        return Math.toIntExact(files.count());
    }

    /** Their sizes together. */
    long bytes() {
        return bytes;
    }

    void each(SourceScan.Visitor visitor) throws IOException {
        try (Cursor cursor = cursor()) {
            for (SourceFile file; (file = cursor.next()) != null;) {
                visitor.visit(file);
            }
        }
    }

    Cursor cursor() throws IOException {
        return new Cursor(files.cursor());
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /** Goes through them. */
    final class Cursor implements Closeable {

        private final SortedFiles.Cursor sorted;

        private Cursor(SortedFiles.Cursor sorted) {
            this.sorted = sorted;
        }

        /** Null after the last. */
        SourceFile next() throws IOException {
            if (!sorted.next()) {
                return null;
            }
            ByteBuffer value = sorted.value();
            return source.file(sorted.path(), value.getLong(), value.getLong());
        }

        SortedFiles.Cursor sorted() {
            return sorted;
        }

        @Override
        public void close() throws IOException {
            sorted.close();
        }
    }
}
