package io.onedump.storage;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import io.onedump.storage.retention.NamePattern;
import io.onedump.storage.retention.Retention;
import io.onedump.storage.retention.Retention.Candidate;
import io.onedump.storage.retention.Retention.Decision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what retention does not keep, among the artifacts that one job can have made, and nothing else. */
public record Prune(Storage storage, NamePattern names, Retention retention) {

    private static final Logger LOG = LoggerFactory.getLogger(Prune.class);

    /** What would happen now. */
    public List<Decision> explain(Instant now) throws IOException {
        List<Candidate> candidates = new Catalog(storage).entries(names.prefix(), names::matches).stream()
                .map(entry -> new Candidate(entry.object().path(), entry.object().modified(), entry.verified()))
                .toList();
        return retention.decide(candidates, now);
    }

    /** Does it. The sidecar goes first: an artifact without one is never taken for a good one. */
    public List<Decision> run(Instant now) throws IOException {
        List<Decision> decisions = explain(now);
        for (Decision decision : decisions) {
            if (!decision.keep()) {
                String path = decision.candidate().path();
                storage.delete(Sidecar.path(path));
                storage.delete(path);
                LOG.info("removed {}: {}", storage.location(path), decision.reason());
            }
        }
        return decisions;
    }
}
