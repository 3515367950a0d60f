package io.onedump.sync;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.onedump.storage.StoredObject;
import io.onedump.sync.source.SourceFile;
import io.onedump.sync.source.SourceScan;
import io.onedump.sync.state.ProvedFile;
import io.onedump.sync.state.StateStore;

/** What a run has sent and proved without knowing when the destination says that it was written. */
final class Untimed implements Closeable {

    private static final int SHA256 = 32;
    private static final int BATCH = 1000;

    private final SourceScan source;
    private final SortedFiles files;

    Untimed(SourceScan source, SortedFiles.Scratch scratch) {
        this.source = source;
        this.files = new SortedFiles(scratch, "sync-sent");
    }

    void add(SourceFile file, String sha256) throws IOException {
        files.add(file.path(), ByteBuffer.allocate(2 * Long.BYTES + SHA256).putLong(file.size())
                .putLong(file.modified()).put(HexFormat.of().parseHex(sha256)).flip());
    }

    boolean isEmpty() {
        return files.count() == 0;
    }

    /**
     * Keeps the times, by which later runs know that nobody has touched it. A time that was there before may mean that
     * a server lost power and came back with the old file, so it stays unknown and the next run compares digests.
     */
    void recordTimes(Listing before, Listing now, StateStore state, String location) throws IOException {
        List<ProvedFile> timed = new ArrayList<>();
        try (SortedFiles.Cursor sent = files.cursor();
                Listing.Cursor old = before.cursor();
                Listing.Cursor there = now.cursor()) {
            while (sent.next()) {
                StoredObject copy = there.find(sent);
                StoredObject earlier = old.find(sent);
                ByteBuffer value = sent.value();
                long size = value.getLong();
                if (copy != null && copy.size() == size
                        && (earlier == null || !earlier.modified().equals(copy.modified()))) {
                    byte[] sha256 = new byte[SHA256];
                    SourceFile file = source.file(sent.path(), size, value.getLong());
                    value.get(sha256);
                    timed.add(ProvedFile.of(file, HexFormat.of().formatHex(sha256), copy.modified()));
                }
                if (timed.size() == BATCH) {
                    state.record(location, timed);
                    timed.clear();
                }
            }
            state.record(location, timed);
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
