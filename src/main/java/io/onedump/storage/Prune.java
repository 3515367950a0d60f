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
 * Removes what retention does not keep, among the artifacts of one job and nothing else. Each series is counted for
 * itself.
 *
 * @param job null for artifacts of no job
 */
public record Prune(Storage storage, NamePattern names, Retention retention, String job) {

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
        for (Catalog.Entry entry : new Catalog(storage, names, job).all()) {
            String own = names.series(entry.object().path()).orElse("");
            if (entry.identity().isOfAnother(job)) {
                shared.add(own);
            } else {
                series.computeIfAbsent(entry.identity().series().orElse(own), name -> new ArrayList<>()).add(entry);
            }
        }
        List<Decision> decisions = new ArrayList<>();
        series.forEach((name, entries) -> {
            if (wanted == null || wanted.equals(name)) {
                boolean isShared = shared.contains(name);
                decisions.addAll(retention.decide(
                        entries.stream().map(entry -> candidate(entry, isShared, stored)).toList(), now));
            }
        });
        decisions.sort(Comparator.comparing((Decision decision) -> decision.candidate().time())
                .thenComparing(decision -> decision.candidate().path()).reversed());
        return decisions;
    }

    private static Candidate candidate(Catalog.Entry entry, boolean isShared, String stored) {
        String path = entry.object().path();
        boolean ofThisRun = path.equals(stored);
        if (entry.problem() != null) {
            return new Candidate(path, entry.time(), Standing.DOUBTFUL, entry.problem(), ofThisRun);
        }
        if (isShared && entry.identity().job().isEmpty()) {
            return new Candidate(path, entry.time(), Standing.UNCLAIMED,
                    "it may be another job's, which has artifacts with such names here", ofThisRun);
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
        Optional<Decision> doubtful = decisions.stream()
                .filter(decision -> decision.candidate().standing() != Standing.PROVED).findFirst();
        if (doubtful.isPresent()) {
            long count = decisions.stream()
                    .filter(decision -> decision.keep() && decision.candidate().standing() != Standing.PROVED).count();
            LOG.warn("retention of {} keeps {} artifact(s) beside what its rules want, first {}: {}", storage, count,
                    doubtful.get().candidate().path(), doubtful.get().reason());
        }
        return decisions;
    }
}
