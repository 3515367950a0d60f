package io.onedump.drill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.onedump.binlog.LoggedDump;
import io.onedump.drill.evidence.DrillRecord;
import io.onedump.drill.evidence.Evidence;
import io.onedump.restore.JobPlaces;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageEndpoint;

/**
 * A drill with the evidence that it leaves.
 *
 * @param evidence where its record is kept; null for nowhere
 */
public record DrillRun(Drill drill, StorageEndpoint evidence) {

    /**
     * Runs it.
     *
     * @throws IOException when the evidence cannot be stored: what nobody can show was not proved
     */
    public DrillRecord run(JobPlaces places) throws IOException {
        List<String> problems = new ArrayList<>();
        DrillRecord record = drill.run(LoggedDump.newestFirst(places, problems::add), problems);
        if (evidence != null) {
            try (Storage storage = evidence.open()) {
                of(evidence, storage, drill.job()).add(record);
            }
        }
        return record;
    }

    /**
     * The records that are kept there.
     *
     * @throws IllegalArgumentException when its path is not the same in all runs
     */
    public static Evidence of(StorageEndpoint endpoint, Storage storage, String job) {
        Optional<String> folder = endpoint.fixedFolder();
        return new Evidence(storage, folder.orElseThrow(() -> new IllegalArgumentException("option evidence: its path"
                + " must be the same in all runs, without dates and alike")), job);
    }
}
