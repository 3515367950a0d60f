package io.onedump.binlog.archive;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.onedump.artifact.Artifact;

/** An archive in memory that counts what it is asked for, and dies when it is told to. */
final class MemoryStore implements ArchiveStore {

    enum Call {
        PUT, LIST, GET, DELETE
    }

    /** What a killed process does: nothing any more. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final TreeMap<String, byte[]> objects = new TreeMap<>();
    private final Map<Call, Long> calls = new EnumMap<>(Call.class);
    private long bytes;
    private int most;
    private long dieAt = Long.MAX_VALUE;

    /** The call of that number from now on is not carried out, nor is any after it. */
    void dieAt(long call) {
        dieAt = requests() + call;
    }

    void live() {
        dieAt = Long.MAX_VALUE;
    }

    long requests() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    long calls(Call call) {
        return calls.getOrDefault(call, 0L);
    }

    /** Stored in all, also of what was replaced or deleted. */
    long bytes() {
        return bytes;
    }

    /** The most objects there were at any moment. */
    int most() {
        return most;
    }

    List<String> names() {
        return List.copyOf(objects.keySet());
    }

    @Override
    public void put(String name, Artifact artifact) throws IOException {
        count(Call.PUT);
        try (InputStream in = artifact.open()) {
            byte[] content = in.readAllBytes();
            bytes += content.length;
            objects.put(name, content);
        }
        most = Math.max(most, objects.size());
    }

    @Override
    public List<String> list(String prefix) {
        count(Call.LIST);
        return List.copyOf(objects.subMap(prefix, prefix + Character.MAX_VALUE).keySet());
    }

    @Override
    public InputStream get(String name) throws IOException {
        count(Call.GET);
        if (!objects.containsKey(name)) {
            throw new FileNotFoundException(name);
        }
        return new ByteArrayInputStream(objects.get(name));
    }

    @Override
    public void delete(String name) {
        count(Call.DELETE);
        objects.remove(name);
    }

    private void count(Call call) {
        calls.merge(call, 1L, Long::sum);
        if (requests() > dieAt) {
            throw new Killed();
        }
    }
}
