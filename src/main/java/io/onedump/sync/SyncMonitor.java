package io.onedump.sync;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.onedump.sync.source.SourceFile;

/** Counts what syncs do while they do it; for any number of threads. */
public final class SyncMonitor {

    private final AtomicInteger files = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger filesDone = new AtomicInteger();
    private final AtomicLong bytesSent = new AtomicLong();
    private final Map<SourceFile, AtomicLong> active = new ConcurrentHashMap<>();

    /**
     * How far a file is.
     *
     * @param sent bytes that the destination has
     */
    public record FileProgress(String path, long size, long sent) {
    }

    /** How many files there are to send, in all that is monitored. */
    public int files() {
        return files.get();
    }

    /** How many bytes there are to send. */
    public long bytes() {
        return bytes.get();
    }

    /** How many files were sent, or given up. */
    public int filesDone() {
        return filesDone.get();
    }

    /** Bytes sent so far, those counted twice that were sent twice. */
    public long bytesSent() {
        return bytesSent.get();
    }

    /** The files that are being sent. */
    public List<FileProgress> active() {
        return active.entrySet().stream()
                .map(entry -> new FileProgress(entry.getKey().path(), entry.getKey().size(), entry.getValue().get()))
                .toList();
    }

    void planned(int moreFiles, long moreBytes) {
        files.addAndGet(moreFiles);
        bytes.addAndGet(moreBytes);
    }

    void started(SourceFile file) {
        active.put(file, new AtomicLong());
    }

    /** The destination has the first bytes of the file from before. */
    void resumed(SourceFile file, long offset) {
        active.getOrDefault(file, new AtomicLong()).addAndGet(offset);
    }

    void sent(SourceFile file, long count) {
        bytesSent.addAndGet(count);
        active.getOrDefault(file, new AtomicLong()).addAndGet(count);
    }

    void ended(SourceFile file) {
        active.remove(file);
    }

    void done() {
        filesDone.incrementAndGet();
    }
}
