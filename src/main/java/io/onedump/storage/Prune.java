package io.onedump.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
 */
public record Prune(Storage storage, NamePattern names, Retention retention, Owner owner) {

    private static final Logger LOG = CleanLog.of(Prune.class);

    /** What would happen now, in all series of the job. */
    public List<Decision> explain(Instant now) throws IOException {
        return decide(now, null, null);
    }

    /** Does it. */
    public List<Decision> run(Instant now) throws IOException {
        return remove(decide(now, null, null));
    }

    /** Does it in the series of an artifact that this run has stored, which stays in any case. */
    public List<Decision> runAfter(String stored, String series, Instant now) throws IOException {
        return remove(decide(now, stored, series));
    }

    private List<Decision> decide(Instant now, String stored, String wanted) throws IOException {
        Map<String, List<Catalog.Entry>> series = new TreeMap<>();
        Set<String> shared = new HashSet<>();
        for (Catalog.Entry entry : new Catalog(storage, names, owner.job()).all()) {
            // As a sidecar can say it: a name may hold what a line of it cannot.
            String own = Identity.clean(names.series(entry.object().path()).orElse(""));
            if (owner.another(entry.identity()).isPresent()) {
                shared.add(own);
            }
            if (!entry.identity().isOfAnother(owner.job())) {
                series.computeIfAbsent(entry.identity().series().orElse(own), name -> new ArrayList<>()).add(entry);
            }
        }
        List<Decision> decisions = new ArrayList<>();
        series.forEach((name, entries) -> {
            if (wanted == null || Identity.clean(wanted).equals(name)) {
                boolean isShared = shared.contains(name);
                decisions.addAll(retention.decide(
                        entries.stream().map(entry -> candidate(entry, isShared, stored)).toList(), now));
            }
        });
        decisions.sort(Comparator.comparing((Decision decision) -> decision.candidate().time())
                .thenComparing(decision -> decision.candidate().path()).reversed());
        return decisions;
    }

    private Candidate candidate(Catalog.Entry entry, boolean isShared, String stored) {
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
                entry.clock().note(), ofThisRun);
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
    private List<Decision> remove(List<Decision> decisions) throws IOException {
        for (Decision decision : decisions) {
            if (!decision.keep()) {
                String path = decision.candidate().path();
                storage.delete(path);
                storage.delete(Sidecar.path(path));
                LOG.info("removed {}: {}", storage.location(path), decision.reason());
            }
        }
        return decisions;
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
