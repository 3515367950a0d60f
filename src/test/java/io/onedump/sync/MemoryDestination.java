package io.onedump.sync;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.onedump.artifact.Hasher;
import io.onedump.storage.Storage;
import io.onedump.storage.StoredObject;
import io.onedump.sync.source.SourceFile;

/** A destination that can lose power: then files have the content and time again that they had before. */
final class MemoryDestination implements Destination {

    private final Map<String, Copy> files = new TreeMap<>();
    private Map<String, Copy> survivors;
    private boolean losesPowerAfterSending;
    private Instant clock = Instant.parse("2026-11-23T12:00:00Z");

    private record Copy(byte[] content, Instant modified) {
    }

    /** What is there now is what a loss of power brings back. */
    void flush() {
        survivors = new TreeMap<>(files);
    }

    void losePower() {
        files.clear();
        files.putAll(survivors);
    }

    /** Loses power when the next files have been sent, before the run looks at them. */
    void losePowerAfterSending() {
        losesPowerAfterSending = true;
    }

    String content(String path) {
        return new String(files.get(path).content);
    }

    @Override
    public String location() {
        return "memory:";
    }

    @Override
    public void list(Storage.Visitor visitor) throws IOException {
        for (String path : files.keySet()) {
            visitor.visit(stat(path).orElseThrow());
        }
    }

    @Override
    public Optional<StoredObject> stat(String path) {
        return Optional.ofNullable(files.get(path))
                .map(copy -> new StoredObject(path, copy.content.length, copy.modified));
    }

    @Override
    public Map<String, String> digests(Collection<StoredObject> wanted) throws IOException {
        Map<String, String> digests = new HashMap<>();
        for (StoredObject file : wanted) {
            digests.put(file.path(), sha256(files.get(file.path()).content));
        }
        return digests;
    }

    @Override
    public void send(Transfers transfers) throws IOException {
        for (SourceFile file; (file = transfers.next()) != null;) {
            byte[] content = Files.readAllBytes(file.file());
            clock = clock.plusSeconds(1);
            files.put(file.path(), new Copy(content, clock));
            transfers.succeeded(file, sha256(content));
        }
        if (losesPowerAfterSending) {
            losesPowerAfterSending = false;
            losePower();
        }
    }

    private static String sha256(byte[] content) throws IOException {
        return Hasher.of(new ByteArrayInputStream(content)).sha256();
    }

    @Override
    public void delete(String path) {
        files.remove(path);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
