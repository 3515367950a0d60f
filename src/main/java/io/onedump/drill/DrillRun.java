package io.onedump.drill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.onedump.binlog.LoggedDump;
import io.onedump.drill.evidence.DrillRecord;
import io.onedump.drill.evidence.Evidence;
import io.onedump.restore.JobPlaces;
import io.onedump.storage.DrillMark;
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
        List<LoggedDump> dumps = LoggedDump.newestFirst(places, problems::add);
        DrillRecord record = drill.run(dumps, problems);
        if (evidence != null) {
            try (Storage storage = evidence.open()) {
                of(evidence, storage, drill.job()).add(record);
            }
        }
        if (record.proved()) {
            mark(dumps, record);
        }
        return record;
    }

    /** Where retention is to know what was proved. */
    private void mark(List<LoggedDump> dumps, DrillRecord record) throws IOException {
        for (LoggedDump dump : dumps) {
            boolean next = drill.target() == DrillTarget.NEXT_DUMP && dump == dumps.get(0);
            StorageEndpoint endpoint = dump.entry().place().endpoint();
            if ((next || dump.name().equals(record.dump())) && endpoint.getConfiguration().isKeepProved()) {
                try (Storage storage = endpoint.open()) {
                    DrillMark.put(storage, dump.name(), "proved by the drill of " + record.began());
                }
            }
        }
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
