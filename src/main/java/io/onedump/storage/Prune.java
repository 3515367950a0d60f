package io.onedump.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.onedump.artifact.CleanLog;
import io.onedump.storage.retention.NamePattern;
import io.onedump.storage.retention.Retention;
import io.onedump.storage.retention.Retention.Candidate;
import io.onedump.storage.retention.Retention.Decision;
import io.onedump.storage.retention.Retention.Standing;
import org.slf4j.Logger;

/**
 * Removes what retention does not keep, among the artifacts of one owner and nothing else. Each series is counted for
 * itself.
 *
 * <p>Where there are many artifacts, what their sidecars say is taken from an index. That only makes a plan: before
 * anything is removed its own sidecar is read, and those of the newest artifacts because of which it may go.
 *
 * @param worthwhile how many sidecars are read each time rather than kept in an index
 */
public record Prune(Storage storage, NamePattern names, Retention retention, Owner owner, int worthwhile) {

    private static final Logger LOG = CleanLog.of(Prune.class);

    /** So many sidecars are read in a second or two wherever they are. */
    static final int WORTHWHILE = 64;
    /** Of what stays: enough for nearly all rules, and for the newest in any case. */
    private static final int READ_OF_KEPT = 64;

    public Prune(Storage storage, NamePattern names, Retention retention, Owner owner) {
        this(storage, names, retention, owner, WORTHWHILE);
    }

    /** What would happen now, in all series of the job. */
    public List<Decision> explain(Instant now) throws IOException {
        return new Plan(now, null, null).sure();
    }

    /** Does it. */
    public List<Decision> run(Instant now) throws IOException {
        return new Plan(now, null, null).carryOut();
    }

    /** Does it in the series of an artifact that this run has stored, which stays in any case. */
    public List<Decision> runAfter(String stored, String series, Instant now) throws IOException {
        return new Plan(now, stored, series).carryOut();
    }

    /** What is to be removed, as far as is known. */
    private final class Plan {

        private final CatalogListing listing;
        private final Instant now;
        private final String stored;
        private final String wanted;

        Plan(Instant now, String stored, String wanted) throws IOException {
            this.now = now;
            this.stored = stored;
            this.wanted = wanted;
            listing = CatalogListing.of(new Catalog(storage, names, owner.job()));
            listing.remember(worthwhile);
        }

        List<Decision> carryOut() throws IOException {
            List<Decision> decisions = sure();
            List<String> gone = new ArrayList<>();
            try {
                remove(decisions, gone, listing);
            } finally {
                listing.keepIndex(worthwhile, gone, now);
            }
            return decisions;
        }

        /** Decides anew whenever something of what the last decisions rest on was not as it was remembered. */
        List<Decision> sure() throws IOException {
            while (true) {
                Collection<List<Decision>> series = decide();
                Set<String> unread = new HashSet<>();
                series.forEach(decisions -> grounds(decisions).filter(path -> !listing.isRead(path))
                        .forEach(unread::add));
                if (listing.confirms(unread)) {
                    return series.stream().flatMap(List::stream)
                            .sorted(Comparator.comparing((Decision decision) -> decision.candidate().time())
                                    .thenComparing(decision -> decision.candidate().path()).reversed())
                            .toList();
                }
            }
        }

        /** What has to be as it is remembered for something to be removed. */
        private Stream<String> grounds(List<Decision> decisions) {
            List<String> removed = decisions.stream().filter(decision -> !decision.keep())
                    .map(decision -> decision.candidate().path()).toList();
            if (removed.isEmpty()) {
                return Stream.empty();
            }
            Stream<String> kept = decisions.stream().filter(Decision::keep).map(Decision::candidate)
                    .filter(candidate -> candidate.standing() == Standing.PROVED && candidate.counts(now))
                    .map(Candidate::path).limit(READ_OF_KEPT);
            // That no other job has such names is known only when all have been read that may name one.
            Set<String> named = removed.stream().filter(path -> listing.identity(path).job().isEmpty())
                    .map(path -> listing.identity(path).series().orElseGet(() -> seriesByName(path)))
                    .collect(Collectors.toSet());
            Stream<String> others = named.isEmpty()
                    ? Stream.empty()
                    : listing.artifacts().stream().map(StoredObject::path)
                            .filter(path -> listing.mayNameJob(path) && named.contains(seriesByName(path)));
            return Stream.of(removed.stream(), kept, others).flatMap(paths -> paths);
        }

        /**
         * What its series is called by its name: others may have such too. As a sidecar can say it: a name may hold
         * what a line of it cannot.
         */
        private String seriesByName(String path) {
            return Identity.clean(names.series(path).orElse(""));
        }

        private Collection<List<Decision>> decide() throws IOException {
            Map<String, List<Catalog.Entry>> series = new TreeMap<>();
            Set<String> shared = new HashSet<>();
            for (Catalog.Entry entry : listing.entries(listing.artifacts())) {
                String path = entry.object().path();
                if (owner.another(entry.identity()).isPresent()) {
                    shared.add(seriesByName(path));
                }
                if (!entry.identity().isOfAnother(owner.job())) {
                    series.computeIfAbsent(entry.identity().series().orElseGet(() -> seriesByName(path)),
                            name -> new ArrayList<>()).add(entry);
                }
            }
            List<List<Decision>> decisions = new ArrayList<>();
            series.forEach((name, entries) -> {
                if (wanted == null || Identity.clean(wanted).equals(name)) {
                    boolean isShared = shared.contains(name);
                    decisions.add(retention.decide(
                            entries.stream().map(entry -> candidate(entry, isShared, stored,
                                    listing.isDrilled(entry.object().path()))).toList(),
                            now));
                }
            });
            return decisions;
        }
    }

    private Candidate candidate(Catalog.Entry entry, boolean isShared, String stored, boolean drilled) {
        String path = entry.object().path();
        boolean ofThisRun = path.equals(stored);
        if (entry.problem() != null) {
            return new Candidate(path, entry.time(), Standing.DOUBTFUL, entry.problem(), ofThisRun);
        }
        Optional<String> another = owner.another(entry.identity());
        if (another.isPresent()) {
            return new Candidate(path, entry.time(), Standing.UNCLAIMED, "it is of " + another.get()
                    + "; acrossHosts counts such too, ${hostname} in path or fileName keeps them apart", ofThisRun);
        }
        if (isShared && entry.identity().job().isEmpty()) {
            return new Candidate(path, entry.time(), Standing.UNCLAIMED,
                    "it may be another's, who has artifacts with such names here", ofThisRun);
        }
        return new Candidate(path, entry.time(), entry.verified() ? Standing.PROVED : Standing.UNPROVED,
                entry.clock().note(), ofThisRun, drilled);
    }

    /** @throws StorageException when there are artifacts that are kept because something is wrong with them */
    public static void requireSound(Storage storage, List<Decision> decisions) throws StorageException {
        long doubtful = decisions.stream()
                .filter(decision -> decision.candidate().standing() == Standing.DOUBTFUL).count();
        if (doubtful > 0) {
            throw new StorageException("storage " + storage + ": something is wrong with " + doubtful
                    + " artifact(s), which stay and are not counted");
        }
    }

    /** The sidecar goes last: one without an artifact says nothing, an artifact without one would stay for ever. */
    private void remove(List<Decision> decisions, List<String> gone, CatalogListing listing) throws IOException {
        for (Decision decision : decisions) {
            if (!decision.keep()) {
                String path = decision.candidate().path();
                gone.add(path);
                storage.delete(path);
                if (listing.isDrilled(path)) {
                    storage.delete(DrillMark.path(path));
                }
                storage.delete(Sidecar.path(path));
                LOG.info("removed {}: {}", storage.location(path), decision.reason());
            }
        }
    }

    /** What somebody should know of such decisions: that more is kept than the rules want. */
    public static Optional<String> remark(Storage storage, List<Decision> decisions) {
        List<Decision> more = decisions.stream()
                .filter(decision -> decision.keep() && decision.candidate().standing() != Standing.PROVED).toList();
        return more.isEmpty()
                ? Optional.empty()
                : Optional.of("retention of " + storage + " keeps " + more.size() + " artifact(s) beside what its rules"
                        + " want, first " + Identity.clean(more.get(0).candidate().path()) + ": "
                        + more.get(0).reason());
    }
}
