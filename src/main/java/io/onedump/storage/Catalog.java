package io.onedump.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The artifacts of a storage, each with what its sidecar says. */
public record Catalog(Storage storage) {

    /**
     * The artifacts below a prefix, the newest first; sidecars are not among them.
     *
     * @param wanted tells which paths to look at; the sidecars of others are not read
     */
    public List<Entry> entries(String prefix, Predicate<String> wanted) throws IOException {
        Map<String, StoredObject> objects = new HashMap<>();
        storage.list(prefix, object -> objects.put(object.path(), object));
        List<Entry> entries = new ArrayList<>();
        for (StoredObject object : objects.values()) {
            if (!Sidecar.isSidecar(object.path()) && wanted.test(object.path())) {
                Optional<Sidecar> sidecar = objects.containsKey(Sidecar.path(object.path()))
                        ? new Sidecars(storage).find(object.path())
                        : Optional.empty();
                entries.add(new Entry(object, sidecar.map(Sidecar::sha256).orElse(null)));
            }
        }
        entries.sort(Comparator.comparing((Entry entry) -> entry.object().modified())
                .thenComparing(entry -> entry.object().path()).reversed());
        return entries;
    }

    /**
     * An artifact.
     *
     * @param sha256 from its sidecar, which is written only after the artifact was verified; null when it has none
     */
    public record Entry(StoredObject object, String sha256) {

        public boolean verified() {
            return sha256 != null;
        }
    }
}
