package io.onedump.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The artifacts of a catalog as the storage listed them once, and what their sidecars say, as far as it was asked for.
 */
final class CatalogListing {

    /** So many sidecars without artifacts are worth to be read. */
    private static final int MOST_READ = 100;

    private final Catalog catalog;
    private final SidecarReader reader;
    private final Map<String, StoredObject> artifacts = new HashMap<>();
    /** By their own paths. */
    private final Map<String, StoredObject> sidecars = new HashMap<>();
    /** Paths of artifacts that a drill has proved. */
    private final Set<String> drilled = new HashSet<>();
    /** Those whose artifacts were not listed. */
    private final List<StoredObject> orphans = new ArrayList<>();
    /** By the artifact's path, as was read now. */
    private final Map<String, SidecarReading> read = new HashMap<>();
    /** By the artifact's path, as the index says. */
    private final Map<String, SidecarReading> remembered = new HashMap<>();
    /** By the artifact's path: what became of both. */
    private final Map<String, Catalog.Entry> entries = new HashMap<>();
    private SidecarIndex index;
    private Instant newest = Instant.MIN;

    private CatalogListing(Catalog catalog) {
        this.catalog = catalog;
        this.reader = new SidecarReader(catalog.storage(), catalog.backoff());
    }

    static CatalogListing of(Catalog catalog) throws IOException {
        CatalogListing listing = new CatalogListing(catalog);
        catalog.storage().list(catalog.names().prefix(), listing::bounds, listing::add);
        listing.leaveOrphans();
        return listing;
    }

    /** Only of names that sort behind that one; empty where this is no less. */
    static Optional<CatalogListing> after(Catalog catalog, String name) throws IOException {
        CatalogListing listing = new CatalogListing(catalog);
        if (!catalog.storage().listAfter(catalog.names().prefix(), name, listing::add)) {
            return Optional.empty();
        }
        listing.leaveOrphans();
        return Optional.of(listing);
    }

    private void leaveOrphans() {
        sidecars.values().removeIf(sidecar -> {
            String artifact = Sidecar.artifact(sidecar.path());
            boolean orphan = !artifacts.containsKey(artifact);
            if (orphan && catalog.names().matches(artifact)) {
                orphans.add(sidecar);
            }
            return orphan;
        });
    }

    private List<String> bounds() {
        return index().bounds();
    }

    private SidecarIndex index() {
        if (index == null) {
            index = SidecarIndex.load(catalog.storage(), catalog.names().prefix());
        }
        return index;
    }

    /** Google Drive may have several of one path, of which the newest is the one. */
    private void add(StoredObject object) {
        if (object.modified() != null && object.modified().isAfter(newest)) {
            newest = object.modified();
        }
        if (Sidecar.isSidecar(object.path())) {
            sidecars.merge(object.path(), object, CatalogListing::newer);
        } else if (DrillMark.isMark(object.path())) {
            drilled.add(DrillMark.artifact(object.path()));
        } else if (!SidecarIndex.isIndex(object.path()) && catalog.names().matches(object.path())) {
            artifacts.merge(object.path(), object, CatalogListing::newer);
        }
    }

    private static StoredObject newer(StoredObject one, StoredObject other) {
        return one.modified() == null || other.modified() != null && other.modified().isAfter(one.modified())
                ? other
                : one;
    }

    /** The paths of sidecars whose artifacts are gone, without those that are another job's as far as was looked. */
    List<String> orphans() throws IOException {
        Map<String, SidecarReading> said = reader.read(orphans.subList(0, Math.min(MOST_READ, orphans.size())));
        return orphans.stream().map(StoredObject::path)
                .filter(path -> !said.getOrDefault(Sidecar.artifact(path), SidecarReading.MISSING).identity()
                        .isOfAnother(catalog.job()))
                .sorted().toList();
    }

    Collection<StoredObject> artifacts() {
        return artifacts.values();
    }

    /** Takes from the index what it knows, where there are many to be read. */
    void remember(int worthwhile) {
        if (sidecars.size() > worthwhile) {
            index().known(sidecars).forEach((path, sidecar) -> remembered.put(Sidecar.artifact(path),
                    SidecarReading.good(sidecar)));
        }
        index = null;
    }

    /**
     * The same where a sidecar that the storage lists as it was is one that was not changed: a file may be, its time
     * being what anybody makes it.
     */
    void rememberTagged(int worthwhile) {
        if (sidecars.values().stream().allMatch(sidecar -> sidecar.tag() != null)) {
            remember(worthwhile);
        }
    }

    /** Each of them, as far as the index knows it; the others are read. */
    List<Catalog.Entry> entries(Collection<StoredObject> wanted) throws IOException {
        readWhat(wanted, false);
        List<Catalog.Entry> sorted = known(wanted);
        // Nobody is alarmed because of what is only remembered.
        List<StoredObject> wrong = sorted.stream().filter(entry -> entry.problem() != null).map(Catalog.Entry::object)
                .filter(object -> !isRead(object.path())).toList();
        if (!wrong.isEmpty()) {
            readWhat(wrong, true);
            sorted = known(wanted);
        }
        sorted.sort(Catalog.NEWEST_FIRST);
        return sorted;
    }

    private List<Catalog.Entry> known(Collection<StoredObject> wanted) {
        List<Catalog.Entry> all = new ArrayList<>(wanted.size());
        for (StoredObject object : wanted) {
            all.add(entries.computeIfAbsent(object.path(), path -> catalog.entry(object, reading(path))));
        }
        return all;
    }

    /** Whether a drill has proved it. */
    boolean isDrilled(String path) {
        return drilled.contains(path);
    }

    /** Whether what is said of the artifact was read now. */
    boolean isRead(String path) {
        return read.containsKey(path);
    }

    /** What its sidecar says, as far as is known. */
    Identity identity(String path) {
        return reading(path).identity();
    }

    /** Whether its sidecar is longer than the line of {@code sha256sum} alone, so that it may name a job. */
    boolean mayNameJob(String path) {
        StoredObject sidecar = sidecars.get(Sidecar.path(path));
        return sidecar != null && sidecar.size() > Sidecar.lineLength(ObjectPath.name(path)) + 1;
    }

    /**
     * Reads what is only remembered of these.
     *
     * @return whether all of it is as it was remembered
     */
    boolean confirms(Collection<String> paths) throws IOException {
        readWhat(paths.stream().map(artifacts::get).toList(), true);
        return paths.stream().allMatch(path -> read.get(path).equals(remembered.get(path)));
    }

    /**
     * Keeps an index of all that is known, if so many sidecars had to be read that it is worth while.
     *
     * @param gone artifacts that are not there any more
     */
    void keepIndex(int worthwhile, Collection<String> gone, Instant now) {
        long unknown = read.entrySet().stream().filter(reading -> reading.getValue().sidecar() != null
                && !remembered.containsKey(reading.getKey())).count();
        if (unknown <= worthwhile) {
            return;
        }
        Instant then = newest.isBefore(now) ? newest : now;
        List<SidecarIndex.Remembered> all = new ArrayList<>();
        for (StoredObject artifact : artifacts.values()) {
            SidecarReading reading = reading(artifact.path());
            StoredObject sidecar = sidecars.get(Sidecar.path(artifact.path()));
            if (reading.state() == SidecarReading.State.GOOD && SidecarIndex.isSettled(sidecar, then)
                    && !gone.contains(artifact.path())) {
                all.add(new SidecarIndex.Remembered(sidecar, reading.sidecar()));
            }
        }
        List<String> listed = new ArrayList<>(artifacts.keySet());
        listed.addAll(sidecars.keySet());
        SidecarIndex.save(catalog.storage(), catalog.names().prefix(), all, listed);
    }

    private void readWhat(Collection<StoredObject> wanted, boolean again) throws IOException {
        List<StoredObject> unread = new ArrayList<>();
        for (StoredObject object : wanted) {
            StoredObject sidecar = sidecars.get(Sidecar.path(object.path()));
            if (sidecar == null) {
                // Something else may stand in its place, which is another thing than nothing.
                read.computeIfAbsent(object.path(), reader::missing);
            } else if (!isRead(object.path()) && (again || !remembered.containsKey(object.path()))) {
                unread.add(sidecar);
            }
        }
        reader.read(unread).forEach((path, reading) -> {
            read.put(path, reading);
            entries.remove(path);
        });
    }

    private SidecarReading reading(String path) {
        SidecarReading now = read.get(path);
        return now != null ? now : remembered.getOrDefault(path, SidecarReading.MISSING);
    }
}
