package io.onedump.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Hasher;

/** A storage that keeps everything in memory and counts what it is asked; its clock is set by hand. */
final class MemoryStorage implements Storage, Backend {

    private final Map<String, Kept> objects = new TreeMap<>();
    private final List<String> requests = new ArrayList<>();
    private Instant clock = Instant.parse("2026-01-01T00:00:00Z");

    private record Kept(byte[] bytes, Instant modified) {
    }

    void setClock(Instant now) {
        clock = now;
    }

    /** In the order in which they came, each with its path. */
    List<String> requests() {
        return requests;
    }

    List<String> paths() {
        return List.copyOf(objects.keySet());
    }

    void write(String path, byte[] bytes) {
        objects.put(path, new Kept(bytes, clock));
    }

    void write(String path, String text) {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes(String path) {
        return objects.get(path).bytes();
    }

    void remove(String path) {
        objects.remove(path);
    }

    /** As cp -r does. */
    void touchAll(Instant now) {
        objects.replaceAll((path, kept) -> new Kept(kept.bytes(), now));
    }

    @Override
    public Storage open() {
        return this;
    }

    @Override
    public Receipt put(String path, Artifact artifact) throws IOException {
        try (InputStream in = artifact.open()) {
            byte[] bytes = in.readAllBytes();
            artifact.digest();
            requests.add("put " + path);
            write(path, bytes);
            return new Receipt(path, Hasher.of(new ByteArrayInputStream(bytes)), location(path), Proof.READ_BACK);
        }
    }

    @Override
    public Optional<StoredObject> stat(String path) {
        requests.add("stat " + path);
        return Optional.ofNullable(objects.get(path)).map(kept -> object(path, kept));
    }

    @Override
    public void list(String prefix, Visitor visitor) throws IOException {
        requests.add("list " + prefix);
        for (Map.Entry<String, Kept> entry : objects.entrySet()) {
            if (entry.getKey().startsWith(prefix)) {
                visitor.visit(object(entry.getKey(), entry.getValue()));
            }
        }
    }

    @Override
    public InputStream get(String path, long offset) throws IOException {
        requests.add("get " + path);
        if (!objects.containsKey(path)) {
            throw new ObjectNotFoundException(path, null);
        }
        InputStream in = new ByteArrayInputStream(bytes(path));
        in.skipNBytes(offset);
        return in;
    }

    @Override
    public void delete(String path) {
        requests.add("delete " + path);
        objects.remove(path);
    }

    @Override
    public String location(String path) {
        return "memory:" + path;
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    @Override
    public String toString() {
        return "memory:";
    }

    private static StoredObject object(String path, Kept kept) {
        return new StoredObject(path, kept.bytes().length, kept.modified());
    }
}
