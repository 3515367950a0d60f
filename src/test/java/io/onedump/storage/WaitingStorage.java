package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.onedump.artifact.Artifact;

/** Each look at one path ends when another storage has looked at it too: so both see what was there before either. */
record WaitingStorage(Storage storage, String path, CyclicBarrier looked, AtomicInteger looks) implements Storage {

    /** At the beginning, and right before the artifact is seen. */
    private static final int BOTH = 2;

    WaitingStorage(Storage storage, String path, CyclicBarrier looked) {
        this(storage, path, looked, new AtomicInteger());
    }

    @Override
    public Optional<StoredObject> stat(String asked) throws IOException {
        Optional<StoredObject> object = storage.stat(asked);
        if (asked.equals(path) && looks.incrementAndGet() <= BOTH) {
            try {
                looked.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IOException("the other one has not come", e);
            }
        }
        return object;
    }

    @Override
    public Receipt put(String asked, Artifact artifact) throws IOException {
        return storage.put(asked, artifact);
    }

    @Override
    public Receipt replace(String asked, StoredObject before, Artifact artifact) throws IOException {
        return storage.replace(asked, before, artifact);
    }

    @Override
    public void list(String prefix, Visitor visitor) throws IOException {
        storage.list(prefix, visitor);
    }

    @Override
    public InputStream get(String asked, long offset) throws IOException {
        return storage.get(asked, offset);
    }

    @Override
    public void delete(String asked) throws IOException {
        storage.delete(asked);
    }

    @Override
    public void delete(String asked, StoredObject seen) throws IOException {
        storage.delete(asked, seen);
    }

    @Override
    public String location(String asked) {
        return storage.location(asked);
    }

    @Override
    public void close() {
        storage.close();
    }

    @Override
    public String toString() {
        return storage.toString();
    }
}
