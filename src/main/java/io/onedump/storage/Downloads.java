package io.onedump.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.onedump.artifact.Backoff;
import io.onedump.encrypt.age.Identities;
import io.onedump.encrypt.age.IdentityException;
import io.onedump.storage.retention.NamePattern;

/**
 * Fetches what a job has kept into a folder, each artifact from the first of its storages that has it whole. What goes
 * wrong is told and holds back nothing else.
 */
public final class Downloads {

    private final List<Place> places;
    private final Path output;
    private final Listener listener;
    private final Backoff backoff;
    private final Identities identities;
    private int found;
    private int failures;
    private int fetched;

    /**
     * One storage of a job: what it has there is what has such names.
     *
     * @param anywhere names that it makes on other machines
     */
    public record Place(Backend backend, NamePattern names, NamePattern anywhere, String job) {

        private List<Catalog.Entry> entries(Query query) throws IOException {
            try (Storage storage = backend.open()) {
                return query.of(new Catalog(storage, names, job));
            }
        }
    }

    /** Those artifacts that matter: of others no sidecar need be read. */
    private interface Query {
        List<Catalog.Entry> of(Catalog catalog) throws IOException;
    }

    /** Is told of every artifact that has come, and of everything that went wrong. */
    public interface Listener {
        void fetched(Catalog.Entry entry, Path file);

        void failed(String message);

        /** Of what is no failure, but that somebody should know. */
        void noted(String message);
    }

    /**
     * @param output     exists
     * @param identities open what is sealed; with none it comes sealed
     */
    public Downloads(List<Place> places, Path output, Listener listener, Backoff backoff, Identities identities) {
        this.places = List.copyOf(places);
        this.output = output;
        this.listener = listener;
        this.backoff = backoff;
        this.identities = identities;
    }

    /** How many artifacts were found. */
    public int found() {
        return found;
    }

    /** Whether nothing went wrong but that there is nothing. */
    public boolean isClean() {
        return failures == 0;
    }

    /**
     * The newest that is verified. Where a newer one has a sidecar that is damaged or cannot be read, or a time in the
     * future, this is said and the next storage asked before its second newest is taken. One without a sidecar was
     * never stored to its end, or is of an older version: this is said too.
     *
     * @return whether the newest has come
     */
    public boolean latest() {
        Map<Place, Catalog.Entry> second = new LinkedHashMap<>();
        for (Place place : places) {
            List<Catalog.Entry> entries = entries(place, catalog -> catalog.newest(null));
            Optional<Catalog.Entry> best = best(entries);
            List<Catalog.Entry> newer =
                    entries.stream().takeWhile(entry -> best.filter(entry::equals).isEmpty()).toList();
            List<Catalog.Entry> doubtful = newer.stream().filter(entry -> doubt(entry) != null).toList();
            doubtful.forEach(entry -> fail(entry.object().path() + " is newer, but " + doubt(entry)));
            if (best.isPresent()) {
                newer.stream().filter(entry -> doubt(entry) == null).forEach(entry -> listener.noted(
                        entry.object().path() + " is newer, but has no sidecar; --name fetches it unverified"));
            }
            if (best.isPresent() && doubtful.isEmpty() && fetch(place, best.get(), output)) {
                return true;
            }
            if (best.isPresent() && !doubtful.isEmpty()) {
                second.put(place, best.get());
            }
        }
        for (Map.Entry<Place, Catalog.Entry> next : second.entrySet()) {
            if (fetch(next.getKey(), next.getValue(), output)) {
                return false;
            }
        }
        return false;
    }

    /** What has a time in the future is the newest of nothing, unless there is nothing else. */
    private static Optional<Catalog.Entry> best(List<Catalog.Entry> entries) {
        List<Catalog.Entry> verified = entries.stream().filter(Catalog.Entry::verified).toList();
        return verified.stream().filter(entry -> !entry.isFromTheFuture()).findFirst()
                .or(() -> verified.stream().findFirst());
    }

    private static String doubt(Catalog.Entry entry) {
        return entry.problem() == null && entry.isFromTheFuture()
                ? "its time " + entry.time() + " is in the future: check the clocks; --name fetches it"
                : entry.problem();
    }

    /** The newest of those that are wanted, of this machine or another. */
    public boolean one(Predicate<StoredObject> wanted) {
        for (Place place : places) {
            Optional<Catalog.Entry> entry = entries(place, catalog -> catalog.entries(wanted)).stream().findFirst()
                    .or(() -> elsewhere(place, wanted).stream().findFirst());
            if (entry.isEmpty()) {
                // It makes a difference to people whether there is anything else.
                entries(place, catalog -> catalog.newest(null));
            }
            if (entry.isPresent() && fetch(place, entry.get(), output)) {
                return entry.get().problem() == null;
            }
        }
        return false;
    }

    /** Paths of what the job has kept under names that it does not make on this machine. */
    public List<String> ofOtherMachines() {
        return places.stream().flatMap(place -> elsewhere(place, object -> true).stream())
                .map(entry -> entry.object().path()).distinct().toList();
    }

    private List<Catalog.Entry> elsewhere(Place place, Predicate<StoredObject> wanted) {
        try {
            return place.entries(catalog -> catalog.ofOtherMachines(place.anywhere(), wanted));
        } catch (IOException e) {
            fail(e.getMessage());
            return List.of();
        }
    }

    /**
     * All of the first storage that has any, in folders as there; what fails is looked for in the next ones.
     *
     * @return whether all of them have come
     */
    public boolean all() {
        Map<String, Boolean> missing = null;
        boolean doubted = false;
        for (Place place : places) {
            if (missing != null && missing.isEmpty()) {
                break;
            }
            List<Catalog.Entry> entries = entries(place, Catalog::entries);
            Map<String, Boolean> left = new LinkedHashMap<>();
            for (Catalog.Entry entry : entries) {
                String path = entry.object().path();
                if (missing == null || missing.containsKey(path)) {
                    Path folder = folder(path);
                    if (folder == null || !fetch(place, entry, folder)) {
                        left.put(path, true);
                    } else {
                        doubted |= entry.problem() != null;
                        if (missing != null) {
                            missing.remove(path);
                        }
                    }
                }
            }
            missing = missing == null && !entries.isEmpty() ? left : missing;
        }
        if (missing != null && !missing.isEmpty()) {
            listener.failed("fetched " + fetched + " artifacts, and not these " + missing.size() + ": "
                    + String.join(", ", new ArrayList<>(missing.keySet()).stream().map(Identity::clean).toList()));
        }
        return missing != null && missing.isEmpty() && !doubted;
    }

    private List<Catalog.Entry> entries(Place place, Query query) {
        try {
            List<Catalog.Entry> entries = place.entries(query);
            found += entries.size();
            return entries;
        } catch (IOException e) {
            fail(e.getMessage());
            return List.of();
        }
    }

    /** Null when there can be no folder of that name. */
    private Path folder(String path) {
        try {
            String safe = ObjectPath.of(null, path);
            if (safe.equals(path)) {
                return output.resolve(path).getParent();
            }
            fail(Identity.clean(path) + " is no path of a folder; fetch it with --name");
        } catch (StorageException | InvalidPathException e) {
            fail(e.getMessage());
        }
        return null;
    }

    private boolean fetch(Place place, Catalog.Entry entry, Path folder) {
        try {
            Files.createDirectories(folder);
            Path file = new Download(place.backend(), backoff, identities).fetch(entry.object().path(), folder);
            fetched++;
            if (entry.problem() != null) {
                fail(entry.object().path() + ": " + entry.problem());
            }
            listener.fetched(entry, file);
            return true;
        } catch (StorageException | IdentityException | InvalidPathException e) {
            fail(e.getMessage());
        } catch (IOException e) {
            fail("cannot write into " + folder + ": " + e.getMessage() + "; name another folder");
        }
        return false;
    }

    private void fail(String message) {
        failures++;
        listener.failed(message);
    }
}
