package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

import io.onedump.artifact.Backoff;

/**
 * Reads the sidecars of a storage. A connection that breaks, with an error or without one, is taken up again; what does
 * not fit is read once more, because it may have been replaced in between.
 */
public record Sidecars(Storage storage, Backoff backoff) {

    /** Some seconds: the storages themselves have tried for longer before. */
    static final Backoff PATIENCE = new Backoff(4, Duration.ofMillis(250), Duration.ofSeconds(4));

    public Sidecars(Storage storage) {
        this(storage, PATIENCE);
    }

    /**
     * The sidecar; empty when there is none or it is none of ours.
     *
     * @throws IOException when it cannot be read now
     */
    public Optional<Sidecar> find(String path) throws IOException {
        return read(path).requireReadable(storage, path);
    }

    /**
     * Those of them that there are and that are ours, by the path of the artifact; several are looked for at a time
     * where the storage can.
     *
     * @throws IOException when one cannot be read now
     */
    public Map<String, Sidecar> find(Collection<String> paths) throws IOException {
        return new SidecarReader(storage, backoff).find(paths);
    }

    /** The sidecar of the artifact at {@code path}. */
    public SidecarReading read(String path) {
        try {
            return read(path, storage.stat(Sidecar.path(path)).orElse(null));
        } catch (IOException e) {
            return SidecarReading.unreadable(e.getMessage());
        }
    }

    /** @param object the sidecar as it was listed; null when there is none */
    SidecarReading read(String path, StoredObject object) {
        try {
            if (object == null) {
                return storage.obstacle(Sidecar.path(path)).map(SidecarReading::unreadable)
                        .orElse(SidecarReading.MISSING);
            }
            SidecarReading first = once(path, object);
            if (first.state() != SidecarReading.State.DAMAGED) {
                return first;
            }
            Optional<StoredObject> now = storage.stat(object.path());
            return now.isPresent() ? once(path, now.get()) : SidecarReading.MISSING;
        } catch (ObjectNotFoundException e) {
            return SidecarReading.MISSING;
        } catch (IOException e) {
            return SidecarReading.unreadable(e.getMessage());
        }
    }

    private SidecarReading once(String path, StoredObject object) throws IOException {
        if (object.size() > Sidecar.LONGEST) {
            return SidecarReading.damaged("it has " + object.size() + " bytes", null);
        }
        byte[] bytes;
        try (InputStream in = new ResumedStream(storage, object, backoff)) {
            bytes = in.readNBytes((int) object.size());
        }
        return parse(path, bytes);
    }

    /** What its bytes say of the artifact at {@code path}. */
    static SidecarReading parse(String path, byte[] bytes) {
        try {
            Sidecar sidecar = Sidecar.parse(bytes);
            return sidecar.name().equals(ObjectPath.name(path))
                    ? SidecarReading.good(sidecar)
                    : damaged("it is about '" + Identity.clean(sidecar.name()) + "'", bytes);
        } catch (IllegalArgumentException e) {
            return damaged(e.getMessage(), bytes);
        }
    }

    private static SidecarReading damaged(String why, byte[] bytes) {
        return SidecarReading.damaged(why,
                new String(Arrays.copyOf(bytes, Math.min(bytes.length, Sidecar.LONGEST)), StandardCharsets.UTF_8));
    }
}
